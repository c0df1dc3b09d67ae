import socket

for address in (("127.0.0.1", 22), ("127.0.0.1", 8000), ("10.0.0.1", 80), ("1.1.1.1", 53), ("169.254.169.254", 80)):
    try:
        socket.create_connection(address, timeout=0.5)
        print("ESCAPED", address)
    except OSError as error:
        print("contained", error)
