extension TopicSource {
  static let orders = TopicSource(
    "orders", "Orders",
    common: """
      #item headphones | kettle | office chair | desk lamp | winter jacket | running shoes | backpack
      coffee grinder | phone case | {product} speaker | blender | mattress | board game | {product} watch
      #tell I found your order {=order}, thank you
      Thank you, the order of the {=item} is open on my screen
      #shared The order number is {=order}
      I ordered a {=item} from the {company} shop {when}
      The order also had a {item} in it
      My order {=order} was placed {when} and paid at once
      In the shop app the order shows as completed
      I am a regular customer of the shop and have ordered {n} times
      The box with the {=item} was packed badly by the shop
      The order confirmation lists one {=item} and one {item}
      I ordered the {=item} as a present for my {relation}
      The shop in {place} says I have to ask customer service about the order
      I placed the order in the shop on my phone, order total {amount}
      The shop said the order {=order} was packed on {day}
      """,
    [
      SubtopicSource(
        "orders.delivery", "Late and lost parcels", .share(112), isService: true,
        """
        #ask Where is my parcel? The tracking has not moved for {n} days @1
        The tracking says delivered but there is no parcel at my door @2
        My delivery with the {=item} is late, it was due {when} @1
        The courier left my parcel with a neighbour I do not know @2
        Can I change the delivery address while the parcel is in transit? @5
        The parcel arrived damaged, the box was crushed and wet @6
        The tracking number shows the parcel stuck in the {place} depot @1
        The driver claims a failed delivery attempt but I was home all day @3
        Can I collect the parcel at a pickup point instead of home delivery? @4
        #say Tracking says out for delivery {when} and then nothing
        The courier is {company} and their hotline only plays music
        I waited at home for the delivery window from nine to five
        There was no card in the letterbox and nobody rang the doorbell
        My neighbour in {place} has not seen the courier either
        The parcel locker code was rejected {n} times
        The estimated delivery date keeps moving by a day
        The depot in {place} says the label on the package is unreadable
        The photo of the delivery shows a door that is not mine
        Customs in {place} has been holding the package since {day}
        I paid for express shipping
        #say The courier van was in our street in {place} and drove on
        I asked the concierge and the neighbour, no parcel anywhere
        It went from {place} to {place} and back to the depot
        Delivery was promised before my {relation} has birthday on {day}
        The doorbell camera shows no courier at all
        The tracking page asks for a postcode and then fails
        They left the package in the rain next to the bins
        #next Can the courier deliver on {day} after six? @3
        When do you count a parcel as lost? @2
        Can you send a replacement or should I wait for the package? @2
        Does the tracking number stay the same after the depot? @1
        Can I authorise the driver to leave the parcel in the garage? @4
        What does held at customs mean for the delivery date? @8
        Could you ask the courier for the signature and the GPS of the delivery? @2
        #tell The last tracking scan was at the {place} depot, the parcel is in transit again
        I opened a search with the courier, lost parcels are replaced after {n} working days
        The driver noted a failed delivery attempt, a second delivery is booked for {day}
        You can redirect the parcel to a pickup point or a parcel locker in the tracking page
        The delivery address can change until the package leaves the depot
        Please send a photo of the crushed box, damaged parcels are replaced at once
        Express shipping is refunded when the delivery is late
        Customs asks for the value of the package, then delivery goes on
        """),
      SubtopicSource(
        "orders.returns", "Returns and exchanges", .share(86), isService: true,
        """
        #ask I want to return the {=item}, how do I get a return label? @1
        The {=item} does not fit, can I exchange it for a different size? @2
        I received the wrong colour, I ordered {=colour} and got {colour} @8
        How many days do I have to send back an unopened {=item}? @1
        The {=item} stopped working after {n} weeks, is it under warranty? @5
        My return was delivered to your warehouse {when}, when is it processed? @6
        The return label does not print, the QR code for the return is empty @3
        Can I return a gift without the receipt and get store credit? @7
        The {=item} came with a missing part, do I send it back or exchange it? @5
        #colour navy | black | olive | white | grey | red | mustard | turquoise
        #say It is unworn with the tags still on, only the box was opened
        Size {nn} is too tight and the size chart was no help
        The zip was broken when I unpacked it and the stitching is coming off
        I threw away the original packaging, is that a problem for the return?
        I dropped the return off at the {place} counter and kept the proof of return
        The warranty card says two years from purchase
        It is a gift from my {relation}, so I only have a gift receipt
        The fabric feels cheap and the colour is not the {colour} on the photo
        I would rather exchange than return it, if a medium is in stock
        The warehouse says a return takes {nn} days to inspect
        There was no return form in the box
        #say I took it out of the box once to try the size
        The {colour} one is sold out, so an exchange for {colour} would be fine
        The sole came off after two walks, surely that is covered by warranty
        The parcel shop could not scan the return label on my phone
        My return weighs {n} kilos and does not fit the box
        The seam under the left sleeve was open when it arrived
        The refund policy page says {nn} days, the receipt says fourteen
        #next Who pays for the return shipping? @1
        Can I exchange it at a store in {place}? @2
        Do I need the original packaging for a return? @4
        Will I get store credit or money for the returned {=item}? @6
        Can I put two returns into one box with one return label? @3
        Is the larger size in stock in {colour}? @2
        How do I prove that the return was dropped off? @6
        #tell You can return unworn items within {nn} days, the return label is free
        I reserved the larger size, the exchange ships when the return is scanned
        Print the return label or show the QR code at the counter
        Original packaging is not needed as long as the tags are on
        A defect within two years is covered by the warranty, we exchange it or repair it
        The warehouse inspects a return within {n} days, then store credit is booked
        A gift receipt is enough for an exchange or store credit
        We got the colour wrong, so we exchange it at no cost
        """),
      .letterpress,
    ])
}
