extension Language {
  static let spanishTalk = """
    #hello Hola, | ¡Hola! | Buenos días, | Buenas tardes, | Hola, ¿qué tal? | Buenas,
    #lead Además, | Por cierto: | Para que lo sepas: | Otra cosa: | Y
    #aside Estoy un poco perdida. | Es bastante urgente. | Perdón por el mensaje tan largo. | No sé qué más hacer.
    Gracias de antemano. | Explícamelo con calma, por favor.
    #okay Vale. | De acuerdo. | Ah, ya veo. | Entiendo. | Perfecto. | Una cosa más.
    #sure Claro que sí. | Por supuesto. | Con mucho gusto. | Buena pregunta. | Entiendo.
    #thanks ¡Muchas gracias! | Gracias, me ha servido mucho. | Perfecto, gracias por todo. | Mil gracias, un saludo.
    #welcome ¡De nada! | Para eso estamos. | Me alegro de ayudar, que te vaya bien.
    #email-sentence Mi correo es {email} | Podéis escribirme a {email}
    #phone-sentence Mi teléfono es {phone} | Llámenme al {phone}
    #card-sentence La tarjeta es {card} | Pagué con la tarjeta {card}
    #iban-sentence Mi IBAN es {iban} | La cuenta es {iban}
    #ip-sentence Mi dirección IP es {ip}
    #handle-sentence Mi usuario es {handle} | Me encuentras como {handle}
    #name-sentence \\nUn saludo,\\n{first} {surname} | Me llamo {first} {surname}. | \\nGracias, {first} {surname}
    #first Lucía | Carlos | Marta | Javier | Elena | Pablo | Carmen | Diego | Rosa | Andrés
    #when ayer | esta mañana | la semana pasada | hace dos días | el {day} | anoche | el otro día
    #day lunes | martes | miércoles | jueves | viernes | sábado
    #relation hermana | madre | pareja | vecina | hija | prima | abuela | amiga
    """
}

extension TopicSource {
  static let spanish = TopicSource(
    "spanish", "Conversations in Spanish", .spanish,
    common: """
      #say Se lo conté a mi {relation} {when}
      """,
    [
      SubtopicSource(
        "spanish.internet", "Router e instalación de fibra", .share(86), isService: true,
        """
        #ask El router no tiene conexión a internet, ¿qué puedo hacer? @1
        La fibra se corta cada noche y la luz del router parpadea en rojo @2
        ¿Cómo cambio la contraseña del wifi en el router? @3
        El técnico no vino a la instalación de la fibra {when} @7
        La velocidad de internet es de {nn} megas y pago por 600 @5
        El wifi no llega al dormitorio, ¿necesito un repetidor? @4
        Quiero cambiar la fibra a otra dirección porque me mudo @6
        ¿Por qué se desconecta el wifi del portátil y no el cable? @8
        #say Ya he reiniciado el router {n} veces
        La luz de la fibra está en rojo y la del wifi en verde
        El router es un {product} y está en el salón
        Hice el test de velocidad por cable y por wifi
        La cobertura del wifi en el pasillo es muy mala
        El técnico de {company} dijo que la avería está en la calle
        Tengo una cita de instalación para el {day}
        Desde la tormenta no hay conexión a internet en todo el edificio
        Compré un repetidor que no encuentra la red wifi
        #say El vecino del segundo tiene la misma avería de fibra
        La videollamada se corta cuando me alejo del router
        Me dieron un router nuevo en la tienda de {place}
        El cable de red está bien, lo probé en otro portátil
        Desde {when} la velocidad baja a {n} megas por la noche
        La televisión por wifi se queda parada
        #next ¿Tengo que desenchufar el router diez minutos? @1
        ¿Cuándo viene el técnico a reparar la avería? @2
        ¿Sirve un repetidor con este router? @4
        ¿Qué canal de wifi es mejor? @8
        ¿Se puede medir la velocidad sin cable? @5
        ¿El cambio de dirección de la fibra tiene coste? @6
        ¿Y si la luz sigue en rojo? @2
        #tell Desenchufa el router, espera diez minutos y comprueba la luz de la fibra
        La luz roja indica una avería de la fibra, envío un técnico el {day}
        La contraseña del wifi se cambia en la página del router, apartado red inalámbrica
        Con un repetidor a mitad del pasillo la cobertura del wifi mejora mucho
        Haz el test de velocidad con cable, el wifi siempre pierde megas
        La instalación en la nueva dirección se pide con dos semanas de antelación
        He abierto una avería, la conexión vuelve en {nn} horas
        Cambia el canal del wifi si los vecinos usan el mismo
        """),
      SubtopicSource(
        "spanish.cocina", "Recetas caseras", .share(86),
        """
        #ask ¿Cómo hago una tortilla de patatas jugosa para {n} personas? @1
        Quiero una receta de {=plato} como la de mi abuela @6
        ¿Cuánto arroz pongo para una paella de {n} raciones? @2
        ¿Qué puedo cocinar con {ing} y {ing}? @6
        Me queda el sofrito ácido, ¿qué hago? @3
        ¿Cómo consigo que las croquetas no se rompan al freír? @7
        Dame una receta de {=plato} sin {ing}, por favor @8
        ¿Cuánto tiempo se cuecen los garbanzos en la olla? @5
        #plato gazpacho | lentejas | croquetas | paella | cocido | empanada | salmorejo | albóndigas
        #ing tomates | garbanzos | pimientos | cebolla | patatas | bacalao | huevos | jamón | calabacín | arroz
        #say En la nevera hay {ing}, {ing} y un poco de ajo
        El arroz me queda siempre pasado y pegado a la paellera
        Uso aceite de oliva de {place} y pimentón dulce
        El sofrito lleva cebolla, ajo y {ing}
        La masa de las croquetas salió demasiado líquida
        Tengo la olla rápida y el horno, no tengo batidora
        Mi familia no come {ing}
        La receta dice fuego lento durante {nn} minutos
        Quiero servir {=plato} de primero y flan de postre
        #say Tengo invitados el {day} y quiero quedar bien
        La última tortilla me salió seca y sin sal
        No encuentro {ing} en el mercado de {place}
        Mi abuela ponía un chorro de vinagre y laurel
        Solo tengo una sartén pequeña y una cazuela
        Me sobra {ing} y no quiero tirarlo
        #next ¿Se puede congelar {=plato}? @4
        ¿Pongo la cebolla antes que el ajo? @1
        ¿Cuánta sal lleva el caldo? @2
        ¿Con qué acompaño {=plato}? @6
        ¿Puedo cambiar {ing} por {ing}? @8
        ¿A qué temperatura frío las croquetas? @7
        ¿Cuántos huevos lleva la tortilla? @1
        #tell Pocha las patatas y la cebolla a fuego lento en aceite de oliva antes de cuajar la tortilla
        Para la paella usa el doble de caldo que de arroz y no remuevas
        Añade una pizca de azúcar al sofrito y deja reducir los tomates
        La masa de las croquetas reposa toda la noche en la nevera
        Los garbanzos se remojan doce horas y se cuecen {nn} minutos en la olla
        Sirve {=plato} con pan y un chorrito de aceite
        Fríe las croquetas en aceite muy caliente y de pocas en pocas
        Sin {ing} también sale bien, pon {ing} en su lugar
        """),
    ])
}
