extension TopicSource {
  static let career = TopicSource(
    "career", "Job applications",
    common: """
      #role nurse | project manager | data analyst | teacher | receptionist | electrician | accountant
      marketing assistant | warehouse manager | junior developer | physiotherapist | sales manager
      #tell Recruiters at {=company} look for concrete results in a {=role}
      #shared The job is {=role} at {=company} in {place}
      I worked {n} years as a {role} before
      The job posting for {=role} went online {when}
      I am applying for {n} jobs at the same time, {=company} is my favourite
      My current job as a {role} ends in {month}
      I want to change career and become a {=role}
      The recruiter from {=company} found my application online
      It would be my dream job, and I really need this job
      I have been unemployed since {month}
      They have {nn} applicants for one {=role} job
      """,
    [
      SubtopicSource(
        "career.coverletter", "Cover letters and résumés", .share(98), isService: true,
        """
        #ask Can you write a cover letter for a {=role} position? @1
        Please improve my cover letter, it sounds stiff and too long @3
        How do I explain a two year gap on my resume? @4
        Can you turn my notes into a one page resume for a {=role} job? @6
        My resume gets no replies, what is wrong with it? @5
        Which skills should a {=role} put on a resume? @5
        How do I start a cover letter when I do not know the name of the hiring manager? @1
        Rewrite the summary at the top of my CV for a {=role} role @6
        Should I mention the salary expectation in the cover letter? @7
        How do I tailor my resume to the job posting at {=company}? @5
        #say Here is the cover letter: Dear hiring manager, I am writing to apply for the {=role} position
        The job posting asks for {skill} and {skill}
        My strengths are {skill} and {skill}
        I led a team of {nn} at {company} and cut costs by {nn} percent
        There is a gap from parental leave on the resume
        I have a degree from the university of {place} and a certificate in {skill}
        The resume has {n} pages and a photo
        The applicant tracking system rejected the PDF twice
        My last employer was {company}, I left because of the commute
        The application deadline is {day}
        I want it to sound warm but professional, half a page at most
        #skill bookkeeping | scheduling | patient care | customer service | forklift driving | spreadsheets
        team leadership | negotiation | copywriting | first aid | public speaking | budgeting
        #say I attach the bullet points of my resume: {skill}, {skill}, {skill}
        Reference: {first} {surname}, head of department at {company}
        I change from {role} to {=role}, so the resume looks odd
        The posting says fluent English and {n} years of {skill}
        My cover letter is {nn} lines and repeats the resume
        Education goes first or experience first, I never know
        I was promoted twice at {company} within {n} years
        #next Can you make the cover letter shorter and less formal? @3
        Should the resume list jobs from {nn} years ago? @6
        Please add {=skill} to the summary @5
        Do I need a photo on the resume?
        Could you write a second version of the opening paragraph? @1
        What do I put under references? @8
        Can you check the bullet points for grammar? @2
        #tell Dear hiring manager, as a {=role} with experience in {=skill} I was pleased to see your posting
        Start each bullet point of the resume with a verb: led, built, reduced, trained
        Keep the cover letter to three paragraphs: why this job, why you, a friendly closing
        Name the gap in one line of the resume and say what you learned, for example {=skill}
        Use the words of the job posting, {=skill} and {skill}, so the applicant tracking system finds them
        Put a summary of two lines on top of the resume, then experience, then education
        Leave the salary expectation out of the cover letter unless the posting asks
        I look forward to hearing from you would be a good closing line
        """),
      SubtopicSource(
        "career.interview", "Job interviews and salary", .share(86),
        """
        #ask I have a job interview as a {=role} on {day}, can we practise interview questions? @2
        How do I answer tell me about yourself in an interview? @3
        What is a good answer to what is your greatest weakness? @1
        How do I negotiate a higher salary after a job offer? @4
        Which questions should I ask the interviewer at the end? @5
        The interviewer asked why I left my last job, what should I have said? @1
        I get so nervous before interviews that my voice shakes, any tips? @6
        Can you play the interviewer and give me feedback on my answers? @2
        They offered {nn} thousand, how do I make a counter offer? @4
        How do I follow up after a second interview when nobody calls? @8
        #say It is a panel interview with {n} interviewers on video
        The job offer came {when} and they want an answer by {day}
        The salary range in the offer is below the market in {place}
        I froze when the interviewer asked about a conflict with a colleague
        My answer: my greatest weakness is that I am impatient
        There will be a case study and a whiteboard task in the final round
        The recruiter {first} {surname} said they decide next week
        My competing offer from {company} includes a signing bonus
        I talk too long in interviews and lose the thread
        They want to know why they should hire me as a {=role}
        I get {nn} days of holiday now and would lose some
        #say First round was with {first} {surname} from HR, second round with the team
        My answer to why this company was far too vague
        They asked for my current salary and I told them, was that a mistake?
        The offer: {nn} thousand, {nn} days off, no bonus
        It is my first interview in {n} years
        I have another interview at {company} on {day}
        In the mock interview my {relation} said I sound arrogant
        #next How long should my answer be in the interview? @3
        Can I ask for a signing bonus instead of a higher salary? @4
        What do I wear to a panel interview?
        Do I send a thank you note to every interviewer? @8
        Next practice question please @2
        How do I say no to a job offer politely? @8
        Was my answer to the weakness question good? @7
        #tell Use the STAR method in the interview: situation, task, action, result
        Practice question: tell me about a conflict at work and how you solved it
        For tell me about yourself, give present, past and future in ninety seconds
        A counter offer names a number: thank them for the job offer and ask for ten percent more
        Good questions for the interviewer: how is success measured, what does the first month look like
        Breathe out slowly before you answer, interviewers do not mind a pause
        Your answer was clear, add one result with a number
        Send a thank you note the same day and follow up once after a week
        """),
      .falconry,
    ])
}
