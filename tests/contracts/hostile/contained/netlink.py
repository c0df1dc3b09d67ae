import socket

try:
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    print("ESCAPED")
except OSError as error:
    print("contained", error)
