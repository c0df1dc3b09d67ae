import threading

stop = threading.Event()
alive = 0
try:
    for _ in range(10_000):
        threading.Thread(target=stop.wait, daemon=True).start()
        alive += 1
except RuntimeError:
    pass
print("ESCAPED" if alive > 80 else "contained", alive)
