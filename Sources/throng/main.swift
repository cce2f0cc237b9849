internal import ThrongCommands

ThrongCommand.main()
