"""`kudari run`: an old script as `__main__`, with Kudari behind `import tensorflow`."""
