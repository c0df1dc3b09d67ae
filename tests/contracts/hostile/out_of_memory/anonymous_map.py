import mmap

maps = []
while True:
    one = mmap.mmap(-1, 8 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    for at in range(0, len(one), 4096):
        one[at] = 1
    maps.append(one)
