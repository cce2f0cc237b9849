import ThrongCore
