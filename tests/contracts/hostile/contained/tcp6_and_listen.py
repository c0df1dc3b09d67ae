import socket

for family, address in ((socket.AF_INET6, ("::1", 0)), (socket.AF_INET, ("0.0.0.0", 0))):
    try:
        with socket.socket(family) as one:
            one.bind(address)
            one.listen()
        print("ESCAPED", address)
    except OSError as error:
        print("contained", error)
