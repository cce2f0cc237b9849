extension TopicSource {
  static let travel = TopicSource(
    "travel", "Travel",
    common: """
      #city Lisbon | Kyoto | Prague | Rome | Istanbul | Vienna | Edinburgh | Seville | {place} | {place}
      #tell Check the passport and visa rules before the trip to {=city}
      #shared We travel in {month} with my {relation}
      It is our first trip to {=city}
      The trip to {=city} is booked, hotel included
      We fly to {=city} with hand luggage only
      Our trip takes {n} days and the passports are valid
      I travel alone this time and arrive at the airport late
      We booked the trip to {=city} through {company} Travel
      It is our honeymoon trip, so the hotel matters
      I was on a trip to {city} {when} and it was chaos
      We are tourists from {place} and travel with two suitcases
      """,
    [
      SubtopicSource(
        "travel.itinerary", "City trips", .share(106), heavyShare: 0.06,
        """
        #ask Can you plan a {n} day itinerary for {=city} with kids? @1
        What are the best things to see in {=city} in a weekend? @1
        Which neighbourhood in {=city} is good to stay in, close to the old town? @2
        I want a day trip from {=city} by train, what do you suggest? @4
        Is the city pass for museums in {=city} worth it? @5
        Please make a walking tour through {=city} with a food market and a viewpoint @1
        What should I pack for {=city} in {month}? @7
        Where do locals eat in {=city}, not tourist restaurants? @6
        Can we see the castle and the cathedral in {=city} in one day? @3
        I need an itinerary: three nights {=city}, two nights {city}, train in between @1
        #sight castle | cathedral | food market | botanical garden | viewpoint | art museum | old town | harbour
        palace | river cruise | beach
        #say We like museums, street food and long walks, no shopping
        The hostel is near {surname} square in {=city}
        Our budget is {nn} euros a day without the hotel
        I want to see the {sight} and the {sight} but skip the queues
        My {relation} walks slowly, so few hills and many cafes
        We arrive by train at noon and leave on {day} evening
        Somebody told me about the {place} {sight}, a hidden gem
        We stay in a guesthouse called {product} near the old town
        One evening we want live music and a rooftop bar
        A guided tour of the {sight} would be nice if tickets are not sold out
        The guidebook is from 2015 so I do not trust the opening hours
        #say We land late, so the first day is only dinner and a short walk
        My {relation} wants to see the {sight}, I would rather sit by the harbour
        Somebody recommended the tram to the {sight} and the {place} market
        We have seen {city} and {city} already and loved the old town there
        The hotel is next to the station, luggage can stay there
        The kids are {n} and {n}, a playground near the {sight} would help
        I would like one museum a day, not three
        #next Do I need tickets for the {sight} in advance? @3
        How do we get from the station to the old town? @2
        Is the itinerary too packed for day two? @6
        Could you swap the {sight} for the {sight}? @6
        Which local dish should we try in {=city}? @6
        Is it safe to walk back to the hotel at night? @2
        What is a rainy day alternative in {=city}? @8
        #tell Day one: {sight} in the morning, lunch at the food market, sunset at the viewpoint
        Stay near the old town, from there you can walk to the {sight} and the {sight}
        Buy museum tickets online, the queue at the {sight} is long before noon
        A day trip by train takes an hour each way and leaves time for the {sight}
        The city pass pays off if you visit three museums a day and use the tram
        Day two: {sight}, a slow lunch, then the {sight} and a walk along the river
        Pack layers and comfortable walking shoes, evenings in {=city} are cool
        For a rainy day, move the art museum forward and keep the {sight} for day three
        """),
      SubtopicSource(
        "travel.flights", "Cancelled flights and luggage", .share(86), isService: true,
        """
        #ask My flight to {=city} was cancelled, do I get compensation? @1
        The airline lost my suitcase, what do I do now? @2
        I missed my connecting flight in {city} because the first flight was delayed, who pays for the hotel? @3
        Can I change the name on a flight ticket? The booking has a typo @8
        How much cabin luggage is allowed on {company} Air? @6
        My flight is delayed by {n} hours, am I entitled to compensation? @4
        The airline wants to rebook me {n} days later, can I refuse and ask for a refund of the ticket? @5
        Online check-in does not work, the boarding pass is missing @7
        I got bumped from an overbooked flight at the gate @1
        #say The flight number is {order} with {company} Airways
        The airline only offered a voucher at the airport desk
        We slept on the floor of terminal {n} at {place} airport
        The connecting flight was on the same booking reference
        My checked bag has a tag and a dent on the left side
        The lost luggage desk gave me a property irregularity report
        The departure board said technical problem, later they said weather
        I bought the ticket through {product} travel portal
        The layover in {city} is only {nn} minutes
        The suitcase was on another carousel in {city}, says the tracking tag
        The crew ran out of duty time, that is what the pilot announced
        #say The rebooked flight leaves at {n} in the morning from another airport
        The gate agent wrote the delay on my boarding pass
        My claim with the airline was rejected because of a strike at {place} airport
        They sent my suitcase to {city} instead of {city}
        The hotel near the terminal cost {amount} and I kept the receipt
        We were {n} passengers on one booking and only two got seats
        The airline answers with the same template about extraordinary circumstances
        #next Does bad weather count as extraordinary circumstances for the airline? @4
        How long do I have to claim compensation from the airline? @7
        Will the airline pay for clothes while the suitcase is missing? @2
        Can I still check in my bag for the rebooked flight? @6
        Is a voucher better than the ticket refund? @5
        Does travel insurance cover the missed connection? @3
        Where do I send the boarding pass and the receipts? @7
        #tell A flight cancelled less than two weeks before departure gives you compensation and a rebooking
        File the property irregularity report before you leave the airport, the airline traces the bag
        On one booking the airline owes you the next connecting flight, meals and a hotel
        For a delay of three hours or more at the destination you can claim compensation
        You may refuse the voucher and ask for the ticket price back
        Cabin luggage is one bag of eight kilos and a small item under the seat
        Keep the boarding pass and all receipts, the airline needs them for the claim
        A typo in the name can be corrected before check-in opens
        """),
    ])
}
