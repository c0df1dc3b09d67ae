import socket

try:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("1.1.1.1", 53))
    print("ESCAPED")
except OSError as error:
    print("contained", error)
try:
    print("ESCAPED", socket.getaddrinfo("example.com", 80))
except OSError as error:
    print("contained", error)
