"""The bundled exercise: a script of what was told, the feeds that tell it, and the loopback server they come from."""
