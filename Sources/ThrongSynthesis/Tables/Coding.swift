extension TopicSource {
  static let coding = TopicSource(
    "coding", "Programming help",
    common: """
      #tell Here is a version of the code with comments
      Could you paste the full code and the exact error message?
      #next Can you explain the code line by line?
      #shared Here is the code, it is part of a {company} project
      I have been debugging this code for {n} hours
      It is for a programming course and the code has to be simple
      The code is in a git repository, the last commit was {when}
      I copied this code from a forum and changed two lines
      My code editor underlines it but there is no error message
      A code review at {company} complained about exactly this line
      I am a self-taught programmer and my code is messy
      The bug only happens on my {relation}'s computer, same code
      Please show the code, not only the explanation
      It worked before I refactored the code
      """,
    [
      SubtopicSource(
        "coding.sql", "SQL queries", .share(86), heavyShare: 0.22,
        """
        #ask How do I write a SQL query that joins {=tab} and {tab} and counts rows per {=col}? @2
        My SQL query with a left join returns duplicate rows, what is wrong? @2
        This query on the {=tab} table takes {nn} seconds, which index should I add? @3
        How do I get the latest row per {=col} with a window function in SQL? @1
        What is the difference between where and having after a group by? @5
        Postgres says column must appear in the group by clause, how do I fix the query? @4
        How can I delete duplicate rows from the {=tab} table and keep the newest row? @1
        I need a SQL query for the running total of {=col} per month @6
        My update statement with a subquery changes every row of {=tab}, help @8
        Should I normalise the schema and put {=col} into its own table with a foreign key?
        #tab orders | customers | invoices | events | sessions | products | tbl{identifier} | log{identifier}
        payments | users
        #col customer_id | created_at | amount | region | status | col{identifier} | order_id | price
        #say `select {col}, count(*) from {tab} group by {col};
        The {tab} table has {nn} million rows and a primary key on {col}
        The query plan shows a sequential scan on {tab}
        I use Postgres 1{n}, my colleague uses MySQL
        The inner join drops rows where {col} is null
        The foreign key from {tab} to {tab} has no index
        `select * from {tab} left join {tab} using ({col}) where {col} is null;
        The subquery in the where clause is correlated
        I tried distinct, but then the sum of {col} is wrong
        The database runs on a small {product} server
        It has to work in SQLite as well, without stored procedures
        #say `update {tab} set {col} = (select max({col}) from {tab});
        explain analyze shows a nested loop over {nn} thousand rows
        The view joins {n} tables and nobody remembers why
        {tab} has one row per order, {tab} has one row per customer
        I cast {col} to date before I group by it
        The result should have one row per {col} and month, sorted
        There is a unique constraint on {col} in the {tab} table
        #next Would a composite index on ({=col}, {col}) help this query? @3
        Can I do it with a common table expression instead of a subquery? @6
        How do I read the output of explain analyze? @3
        Does the left join order matter for the query planner? @7
        And how do I add a limit per group? @1
        What if {=col} is null in the {=tab} table?
        Is a materialised view better than the query?
        #tell Use row_number() over (partition by {=col} order by {col} desc) and keep row one
        The left join multiplies rows because {=tab} has several rows per {=col}, aggregate first
        Add an index on {=tab} ({=col}) and look at explain analyze again
        Every selected column must be in the group by or inside an aggregate such as sum or max
        where filters rows before the group by, having filters groups after it
        A common table expression makes the query readable: with latest as (select ...)
        Filter early in the subquery so the join reads fewer rows
        Wrap the update in a transaction and run the select first
        """),
      SubtopicSource(
        "coding.python", "Python scripts", .share(130), heavyShare: 0.1,
        """
        #ask My Python script crashes with a {=err}, what does it mean? @1
        How do I read a CSV file with pandas and drop the empty columns? @2
        I get ModuleNotFoundError in Python although I ran pip install {product} @4
        How do I loop over a list of dictionaries in Python and sum one key? @5
        What is the difference between a list and a tuple in Python?
        My Python function fun{identifier} returns None, why? @3
        Can you write a Python script that renames all files in a folder? @6
        How do I merge two pandas dataframes on a column? @7
        The for loop in my Python script only processes the first item @3
        Can you explain list comprehension and generators with a Python example? @5
        I want to call an API with requests in Python and parse the JSON @8
        #err KeyError | TypeError | IndexError | ValueError | IndentationError | AttributeError | NameError
        UnicodeDecodeError | ZeroDivisionError
        #say `Traceback (most recent call last):\\n  File "job{identifier}.py", line {nn}\\n{=err}\\n
        I use Python 3.1{n} in a virtual environment
        `df = pd.read_csv("data{identifier}.csv")
        `def fun{identifier}(x):\\n  return x[{n}]
        The dataframe has {nn} columns and one of them is a date as string
        pip says requirement already satisfied but the import fails in the notebook
        I am a beginner, I started Python in {month} with a course by {company}
        `for item in items:\\n  print(item["key{identifier}"])
        The script worked {when}, then I upgraded numpy and pandas
        I run it in a Jupyter notebook and the kernel restarts
        The dictionary sometimes has no such key
        #say `with open("list{identifier}.txt") as f:\\n  rows = [line.split(",") for line in f]
        The requests call returns status {nn} and the JSON has nested lists
        The function works in the notebook and fails as a script
        I copied the code from a {company} tutorial about dataframes
        `class Load{identifier}:\\n  def __init__(self, items=[]):\\n    self.items = items
        pip freeze lists pandas and numpy, both from {month}
        My loop appends to the list while it iterates over the list
        #next How do I catch the {=err} with try and except? @8
        Is there a pandas way without the for loop? @2
        How do I activate the virtual environment in the notebook? @4
        Should this be a class or just a function?
        Can you add type hints and a docstring to the Python function?
        How would I write a unit test with pytest for it?
        Why does the list change inside the function?
        #tell A {=err} means the dictionary or list does not hold what the loop expects, print it first
        Use df.dropna(axis=1, how="all") after pd.read_csv
        Your function has no return statement, so Python returns None
        Install it in the same virtual environment that the notebook kernel uses: python -m pip install
        A list comprehension is shorter: [row["key{identifier}"] for row in rows]
        Use pathlib and rename inside a for loop, and print the new names before you rename
        `pd.merge(left, right, on="key", how="left") joins the two dataframes
        Wrap the call in try and except {=err} and log the traceback
        """),
      SubtopicSource(
        "coding.css", "Web page layout", .share(86),
        """
        #ask How do I center a div vertically and horizontally with CSS flexbox? @1
        My navbar breaks on mobile, the menu overlaps the hero image @5
        The CSS grid columns overflow the container on small screens @2
        Why is my z-index ignored on the dropdown menu? @3
        How do I make a sticky header with CSS that does not cover the anchor? @7
        The button has a hover effect but on mobile it sticks @5
        How can I make the footer stay at the bottom of the page? @4
        My media query for {nn}0 pixels is not applied, what is wrong with the stylesheet? @5
        Should I use flexbox or CSS grid for a card layout with three columns? @2
        How do I add dark mode to the web page with CSS variables? @6
        #say `.card{identifier} ⦃ display: flex; padding: {nn}px; margin: 0 auto ⦄
        The div has a fixed height and the text overflows
        In {product} browser the flexbox gap is ignored
        I use a Bootstrap template from {company} and override the stylesheet
        The padding looks right on desktop, wrong on mobile Safari
        `<div class="hero{identifier}"> sits inside a container with overflow hidden
        The font size is in px, maybe it should be rem
        The responsive breakpoint for the sidebar is at {nn}0 pixels
        I set margin auto and width {nn} percent but the div stays left
        The logo is an SVG and it stretches inside the navbar
        #say `nav{identifier} ul ⦃ position: absolute; z-index: {nn} ⦄
        In the inspector the padding of the container is crossed out
        The hero image is {nn}00 pixels wide and overflows on mobile
        The card layout should have three columns on desktop and one on mobile
        `@media (max-width: {nn}0px) ⦃ .menu{identifier} ⦃ display: none ⦄ ⦄
        The button text wraps inside the flexbox and the icon shrinks
        I inherited the stylesheet from {company}, it has {n} thousand lines
        #next Does flexbox need a fixed height for vertical centering? @1
        How do I keep the aspect ratio of the hero image? @8
        Can the grid columns wrap without a media query? @2
        Why does the margin collapse between the header and the div? @4
        How do I animate the dropdown menu with a CSS transition? @3
        Is there a pure CSS hamburger menu?
        #tell Set display: flex, justify-content: center and align-items: center on the container div
        Use grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)) so the columns wrap
        z-index only works on positioned elements, and the parent opens a stacking context
        Give the body min-height: 100vh and the footer margin-top: auto in a flex column
        Put the media query after the base rules in the stylesheet so it wins
        Define the colours as CSS variables and switch them for dark mode
        position: sticky needs a top value and a parent without overflow hidden
        Use max-width: 100% and object-fit: cover for the hero image on mobile
        """),
    ])
}
