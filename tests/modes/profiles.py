"""Invented résumés and job descriptions in the layouts that people send, for tests of what is read from them."""

ONE_LINE_ROLES = """\
JOANNA FERRIS
joanna.ferris@example.org | +44 20 7946 0000 | Leeds

SUMMARY
Backend engineer with 9 years of experience in payments.

EXPERIENCE
Senior Software Engineer, Tarn Payments, Jan 2020 – Present
• Cut the nightly settlement run from 4 hours to 35 minutes
• Led the move from a monolith to six services
Software Engineer, Oakline Ltd, 2015 - 2019
• Wrote the refund service

SKILLS
Python, Go, PostgreSQL, Kafka
Kubernetes; Terraform

EDUCATION
BSc Mathematics, University of York, 2012 - 2015
"""
EMPLOYER_ABOVE = """\
# Priya Raman

## Work Experience

**Harbour Analytics**
Data Engineer
March 2021 - present
- Built a pipeline of 2 TB a day
- Mentored three juniors

**Lumen Retail**
Analyst
06/2018 – 02/2021
- Reports for 40 shops

## Technical Skills

- Languages: Python, SQL
- Tools: Spark, Airflow

## Education

MSc Statistics, 2016-2018
"""
DATES_FIRST = """\
Curriculum vitae

Professional experience
2019 - 2023   Team lead at Nordwind GmbH
Responsible for 12 people
2016 - 2019   Developer at Kiel Software
2014 to 2016  Working student

Languages: German, English, Danish
Hobbies
Sailing, chess
"""
EMPLOYER_BELOW = """\
Employment
Site Reliability Engineer (2022 – now)
Cobalt Cloud
Reduced pages by 60 %

Systems Administrator (2017 – 2021)
Hallam Hospital Trust
Ran 300 servers
"""
WITHOUT_SECTIONS = """\
Tom Bell
I repaired lifts for six years and then learned to write programs in the evenings.
My largest program plans the routes of our fitters and is used by 20 people every day.
I like small tools that do one thing.
"""
SKILLS_ON_ONE_LINE = """\
Aiko Tan
Address: 12 Example Street, Reading
Born: 3 May 1990

Profile: Frontend developer who cares about access for everybody.
Technologies: TypeScript, React, Playwright

Career history
Frontend Developer | Fernhill Media | 2018 – 2024
* Raised the lighthouse figure from 54 to 97
Certifications
Accessibility Core Competencies, 2022
References
On request
"""
TABLE = """\
Work\t
Lead Developer\tMistral Rail\tSince 2020
Developer\tMistral Rail\t2016 – 2020
Projects
Timetable solver, open source, 1,400 stars
"""

BULLETED_JOB = """\
Backend Engineer (m/f/d)

About us
We are a young company in Bristol that sells tickets.

What you'll do
- Design and run services that sell 3 million tickets a year
- Be on call one week in eight

What you bring
- 5+ years of experience with Python or Go
- Knowledge of relational databases
- Kafka is a plus

Nice to have
- Kubernetes

What we offer
- 28 days of holiday
- A dog in the office

How to apply
Write to jobs@example.com
"""
PROSE_JOB = """\
Machine Learning Engineer
Our team builds the search of a large shop.
You will train and ship ranking models and you will measure what they do.
You need to know PyTorch, and you must have 3 years of experience in production systems.
Ideally you have published.
The office is near the station.
"""
CAPITALS_JOB = """\
POSITION: Staff Engineer
RESPONSIBILITIES:
Own the architecture of the storage layer
Review designs of four teams
MINIMUM QUALIFICATIONS:
10 or more years in distributed systems
PREFERRED QUALIFICATIONS:
Rust
EQUAL OPPORTUNITY
We welcome everybody.
"""
NUMBERED_JOB = """\
Data Analyst, Finance

Key Responsibilities
1. Close the books every month
2) Explain figures to people who do not like figures

Requirements: SQL, two years with a BI tool
Salary: 40,000 to 48,000
"""
SHAPELESS_JOB = """\
We look for somebody kind who likes old houses. Call in the morning.
There is a garden.
"""
