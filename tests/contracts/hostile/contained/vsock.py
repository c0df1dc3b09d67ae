import socket

try:
    socket.socket(40, socket.SOCK_STREAM).connect((2, 1))
    print("ESCAPED")
except OSError as error:
    print("contained", error)
