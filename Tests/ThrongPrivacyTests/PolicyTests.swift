import Testing
import ThrongPrivacy
