extension TopicSource {
  static let travel = TopicSource(
    "travel", "Travel",
    common: """
      #city Lisbon | Kyoto | Prague | Rome | Istanbul | Vienna | Edinburgh | Seville | {place} | {place}
      #say We travel in {month} with my {relation}
      It is our first trip to {=city}
      #tell Check the passport and visa rules before the trip to {=city}
      """,
    [
      SubtopicSource(
        "travel.itinerary", "City trips", .share(156), heavyShare: 0.06,
        """
        #ask Can you plan a {n} day itinerary for {=city} with kids?
        What are the best things to see in {=city} in a weekend?
        Which neighbourhood in {=city} is good to stay in, close to the old town?
        I want a day trip from {=city} by train, what do you suggest?
        Is the city pass for museums in {=city} worth it?
        Please make a walking tour through {=city} with a food market and a viewpoint
        What should I pack for {=city} in {month}?
        Where do locals eat in {=city}, not tourist restaurants?
        Can we see the castle and the cathedral in {=city} in one day?
        I need an itinerary: three nights {=city}, two nights {city}, train in between
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
        #next Do I need tickets for the {sight} in advance?
        How do we get from the station to the old town?
        Is the itinerary too packed for day two?
        Could you swap the {sight} for the {sight}?
        Which local dish should we try in {=city}?
        Is it safe to walk back to the hotel at night?
        What is a rainy day alternative in {=city}?
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
        "travel.flights", "Cancelled flights and luggage", .share(112), isService: true,
        """
        #ask My flight to {=city} was cancelled, do I get compensation?
        The airline lost my suitcase, what do I do now?
        I missed my connecting flight in {city} because the first flight was delayed, who pays for the hotel?
        Can I change the name on a flight ticket? The booking has a typo
        How much cabin luggage is allowed on {company} Air?
        My flight is delayed by {n} hours, am I entitled to compensation?
        The airline wants to rebook me {n} days later, can I refuse and ask for a refund of the ticket?
        Online check-in does not work, the boarding pass is missing
        I got bumped from an overbooked flight at the gate
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
        #next Does bad weather count as extraordinary circumstances for the airline?
        How long do I have to claim compensation from the airline?
        Will the airline pay for clothes while the suitcase is missing?
        Can I still check in my bag for the rebooked flight?
        Is a voucher better than the ticket refund?
        Does travel insurance cover the missed connection?
        Where do I send the boarding pass and the receipts?
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
