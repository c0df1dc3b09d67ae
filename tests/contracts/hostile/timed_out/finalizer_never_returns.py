class Stay:
    def __del__(self):
        while True:
            pass


stay = Stay()
del stay
