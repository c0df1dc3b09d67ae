"""Names that `eyes` looks for: techniques and technologies."""

TECHNIQUES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("hash map", "hash table", "hashmap", "hashtable", "dictionary", "lookup table"), ("dict", "map", "counter")),
    (("hash set", "hashset"), ("set", "hash map", "hash table", "hashed")),
    (("two pointers", "two pointer", "from both ends"), ("left", "pointers")),
    (("sliding window",), ("window",)),
    (("binary search", "bisect", "bisection"), ()),
    (("heap", "heaps", "min heap", "max heap", "priority queue"), ("heapq",)),
    (("breadth first", "bfs"), ()),
    (("depth first", "dfs"), ()),
    (("dynamic programming", "memoization", "memoisation", "memoize", "memoise"), ("dp", "memo", "cache", "table")),
    (("greedy", "greedily"), ()),
    (("backtracking", "backtrack"), ()),
    (("prefix sum", "prefix sums", "running sum", "cumulative sum"), ()),
    (("union find", "disjoint set"), ()),
    (("topological", "topologically"), ()),
    (("linked list", "doubly linked"), ("node",)),
    (("stack", "stacks", "lifo"), ()),
    (("deque", "double ended queue", "monotonic queue", "monotone queue"), ("queues",)),
    (("quicksort", "mergesort", "sort the", "sorting the", "sort by"), ("sort", "sorted", "sorting")),
    (("recursion", "recursive", "recursively"), ("recurse",)),
    (("trie", "prefix tree"), ()),
    (("bit mask", "bitmask"), ()),
    (("divide and conquer",), ()),
    (("quickselect", "bucket sort", "counting sort", "radix sort"), ("buckets",)),
)
"""How a technique is named, and by what else one sees that a text knows it; as words without signs, in lower case."""

TECHNOLOGIES = (
    "redis", "kafka", "rabbitmq", "postgres", "postgresql", "mysql", "sqlite", "mongodb", "cassandra", "elasticsearch",
    "hadoop", "numpy", "pandas", "tensorflow", "pytorch", "angular", "django", "docker", "kubernetes", "terraform",
    "aws", "azure", "gcp", "golang", "haskell", "scala", "kotlin", "java", "sql", "graphql", "grpc", "google",
    "amazon", "microsoft", "netflix", "facebook", "leetcode",
)  # fmt: skip
