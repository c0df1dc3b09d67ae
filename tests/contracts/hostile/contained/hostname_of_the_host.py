import socket

print("contained" if socket.gethostname() == "sandbox" else "ESCAPED")
