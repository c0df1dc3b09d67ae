# The test listens on this name outside; a private network namespace hides it.
import socket

try:
    socket.socket(socket.AF_UNIX).connect("\0mockloop-hostile-host")
    print("ESCAPED")
except OSError as error:
    print("contained", error)
