try:
    for number in range(5000):
        open(f"/tmp/{number}", "w").close()
except OSError:
    pass
print("contained")
