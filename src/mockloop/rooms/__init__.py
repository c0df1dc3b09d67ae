"""The live loop: the socket, the conductor, the open rooms, the timers, and hints between instances."""
