extension TopicSource {
  static let orders = TopicSource(
    "orders", "Orders",
    common: """
      #item headphones | kettle | office chair | desk lamp | winter jacket | running shoes | backpack
      coffee grinder | phone case | {product} speaker | blender | mattress | board game | {product} watch
      #say The order number is {=order}
      I ordered a {=item} from the {company} shop {when}
      The order also had a {item} in it
      #tell I found your order {=order}, thank you
      Thank you, the order of the {=item} is open on my screen
      """,
    [
      SubtopicSource(
        "orders.delivery", "Late and lost parcels", .share(150), isService: true,
        """
        #ask Where is my parcel? The tracking has not moved for {n} days
        The tracking says delivered but there is no parcel at my door
        My delivery with the {=item} is late, it was due {when}
        The courier left my parcel with a neighbour I do not know
        Can I change the delivery address while the parcel is in transit?
        The parcel arrived damaged, the box was crushed and wet
        The tracking number shows the parcel stuck in the {place} depot
        The driver claims a failed delivery attempt but I was home all day
        Can I collect the parcel at a pickup point instead of home delivery?
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
        #next Can the courier deliver on {day} after six?
        When do you count a parcel as lost?
        Can you send a replacement or should I wait for the package?
        Does the tracking number stay the same after the depot?
        Can I authorise the driver to leave the parcel in the garage?
        What does held at customs mean for the delivery date?
        Could you ask the courier for the signature and the GPS of the delivery?
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
        "orders.returns", "Returns and exchanges", .share(108), isService: true,
        """
        #ask I want to return the {=item}, how do I get a return label?
        The {=item} does not fit, can I exchange it for a different size?
        I received the wrong colour, I ordered {colour} and got {colour}
        How many days do I have to send back an unopened {=item}?
        The {=item} stopped working after {n} weeks, is it under warranty?
        My return was delivered to your warehouse {when}, when is it processed?
        The return label does not print, the QR code for the return is empty
        Can I return a gift without the receipt and get store credit?
        The {=item} came with a missing part, do I send it back or exchange it?
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
        #next Who pays for the return shipping?
        Can I exchange it at a store in {place}?
        Do I need the original packaging for a return?
        Will I get store credit or money for the returned {=item}?
        Can I put two returns into one box with one return label?
        Is the larger size in stock in {colour}?
        How do I prove that the return was dropped off?
        #tell You can return unworn items within {nn} days, the return label is free
        I reserved the larger size, the exchange ships when the return is scanned
        Print the return label or show the QR code at the counter
        Original packaging is not needed as long as the tags are on
        A defect within two years is covered by the warranty, we exchange it or repair it
        The warehouse inspects a return within {n} days, then store credit is booked
        A gift receipt is enough for an exchange or store credit
        We got the colour wrong, so we exchange it at no cost
        """),
    ])
}
