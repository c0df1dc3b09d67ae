import socket

opened = []
for family in range(0, 46):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        for protocol in (0, 1, 15, 17):
            try:
                socket.socket(family, kind, protocol).close()
                if family != socket.AF_UNIX:
                    opened.append((family, int(kind), protocol))
            except OSError:
                pass
print("ESCAPED" if opened else "contained", opened)
