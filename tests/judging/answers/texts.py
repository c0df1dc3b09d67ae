"""Answers written for these tests: stories, introductions, designs and an explanation, good ones and others."""

CONFLICT = "Tell me about a time you resolved a conflict between two colleagues."
STORY = (
    "Two years ago, on the night shift of our print works, two press operators on my team stopped speaking, and the "
    "conflict grew because each blamed the other for spoiled paper. I was the shift lead and had to deliver a "
    "catalogue by six in the morning. I took each colleague aside, asked what had happened and wrote down both sides. "
    "I noticed that the scrap came from one worn roller, so I showed them the marks on the sheets and replaced the "
    "roller with them. Then I proposed a short handover at every change of shift, and both agreed. The catalogue left "
    "on time, waste fell from nine percent to three, and they worked together without a quarrel until I left. I "
    "learned to look at the machine before I look at the people."
)
TOLD_AS_WE = (
    "Two years ago, on the night shift of our print works, two press operators on our team stopped speaking, and the "
    "conflict grew because each blamed the other for spoiled paper. We were the shift leads and had to deliver a "
    "catalogue by six in the morning. We took each colleague aside, asked what had happened and wrote down both "
    "sides. We noticed that the scrap came from one worn roller, so we showed them the marks on the sheets and "
    "replaced the roller with them. Then we proposed a short handover at every change of shift, and both agreed. The "
    "catalogue left on time, waste fell from nine percent to three, and they worked together without a quarrel. "
    "We learned to look at the machine before we look at the people."
)
IN_GENERAL = (
    "Conflicts between colleagues are normal and should always be taken seriously. I believe that one must listen to "
    "both sides and never take a side. It is important that everyone can speak openly, and a good leader always tries "
    "to find the cause. Usually people want the same thing and only need somebody who helps them to see it. That is "
    "why communication is the key to every conflict, and a team that talks can solve everything."
)
HIKE = (
    "Last summer I walked across the hills with my brother. We started at five, the mist lay in the valley, and I "
    "carried the tent. At noon we lost the path and I climbed a rock to look for the lake. I saw it far below, we went "
    "down through the ferns, and in the evening I made a fire and we ate soup. It rained at night, but we slept well. "
    "In the end we walked thirty miles in two days and I was very happy."
)

YOURSELF = "Tell me about yourself."
FROM = "I studied chemistry in Porto and worked for four years in a water laboratory, where I began to write programs."
NOW = "Today I work as a backend developer in a team of six that runs the billing of a telephone company."
PROOF = "Last year I cut the run of the monthly invoices from nine hours to two."
NEXT = "Next I want to work on systems where correctness matters most, which is why I applied for this role."
SMALL_TALK = (
    "My favourite colour is green and the weather here is lovely. Green is the colour of the sea in winter, and of "
    "moss on a wall. Cats are nicer than dogs, in my opinion, and soup is best in the evening."
)

SHORTENER = "Design a service that shortens links."
DESIGN = (
    "First I would ask how many links a day and how long they live; say a hundred million new links a year and ten "
    "thousand reads per second. A write takes a number from a range that each server reserves, encodes it in base 62 "
    "and stores code and target in a key-value store. Reads dominate, so I put a cache in front, because most clicks "
    "go to a few links. The trade-off is that a longer cache time makes reads cheap, but a deleted link lives on for "
    "some minutes. If a server fails, its range of numbers is lost, which costs nothing; if the store goes down, a "
    "replica takes over and writes wait."
)
BARE_DESIGN = "I would use a database and a server, and the server gives the short link back to the user."

HASHING = "Why does a hash table need a good hash function?"
HASHING_REFERENCE = (
    "A hash function must spread the keys evenly over the buckets. If many keys fall into the same bucket they "
    "collide, and a lookup has to walk through all of them, so that it takes linear instead of constant time. "
    "The same key must always give the same hash, or it would not be found again."
)
HASHING_CRITERIA = (
    {"id": "spread", "text": "Keys are spread evenly over the buckets.", "any_of": ["spread evenly"]},
    {"id": "collide", "text": "Keys that collide in one bucket make a lookup linear.", "any_of": ["long chain"]},
    {"id": "same", "text": "The same key always gives the same hash.", "any_of": ["deterministic"]},
)
HASHING_GOOD = (
    "The table picks a bucket from the hash of the key. When the hash spreads keys evenly, each bucket holds one or "
    "two and a lookup takes constant time. When many keys land in one bucket they collide, and you walk through a long "
    "chain, which is linear. And the same key must give the same hash every time, or you look in the wrong bucket."
)
HASHING_SHORT = "The hash says in which bucket a key goes, and a good one leaves few keys in each of them."
COLLISIONS = "Then several keys collide in one bucket, and a lookup walks through a long chain, so it becomes linear."
NEVER_EQUAL = "Two different keys can never have the same hash."
