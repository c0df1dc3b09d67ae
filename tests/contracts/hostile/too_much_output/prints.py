while True:
    print("x" * 200)
