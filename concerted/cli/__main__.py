from concerted.cli.main import main

main()
