extension Language {
  static let spanishTalk = """
    #hello Hola, | ¡Hola! | Buenos días, | Buenas tardes, | Hola, ¿qué tal? | Buenas,
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
    #when ayer | esta mañana | la semana pasada | hace dos días | el {day} | anoche
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
        "spanish.internet", "Router e instalación de fibra", .share(84), isService: true,
        """
        #ask El router no tiene conexión a internet, ¿qué puedo hacer?
        La fibra se corta cada noche y la luz del router parpadea en rojo
        ¿Cómo cambio la contraseña del wifi en el router?
        El técnico no vino a la instalación de la fibra {when}
        La velocidad de internet es de {nn} megas y pago por 600
        El wifi no llega al dormitorio, ¿necesito un repetidor?
        Quiero cambiar la fibra a otra dirección porque me mudo
        ¿Por qué se desconecta el wifi del portátil y no el cable?
        #say Ya he reiniciado el router {n} veces
        La luz de la fibra está en rojo y la del wifi en verde
        El router es un {product} y está en el salón
        Hice el test de velocidad por cable y por wifi
        La cobertura del wifi en el pasillo es muy mala
        El técnico de {company} dijo que la avería está en la calle
        Tengo una cita de instalación para el {day}
        Desde la tormenta no hay conexión a internet en todo el edificio
        Compré un repetidor que no encuentra la red wifi
        #next ¿Tengo que desenchufar el router diez minutos?
        ¿Cuándo viene el técnico a reparar la avería?
        ¿Sirve un repetidor con este router?
        ¿Qué canal de wifi es mejor?
        ¿Se puede medir la velocidad sin cable?
        ¿El cambio de dirección de la fibra tiene coste?
        ¿Y si la luz sigue en rojo?
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
        "spanish.cocina", "Recetas caseras", .share(76),
        """
        #ask ¿Cómo hago una tortilla de patatas jugosa para {n} personas?
        Quiero una receta de {plato} como la de mi abuela
        ¿Cuánto arroz pongo para una paella de {n} raciones?
        ¿Qué puedo cocinar con {ing} y {ing}?
        Me queda el sofrito ácido, ¿qué hago?
        ¿Cómo consigo que las croquetas no se rompan al freír?
        Dame una receta de {plato} sin {ing}, por favor
        ¿Cuánto tiempo se cuecen los garbanzos en la olla?
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
        Quiero servir {plato} de primero y flan de postre
        #next ¿Se puede congelar {plato}?
        ¿Pongo la cebolla antes que el ajo?
        ¿Cuánta sal lleva el caldo?
        ¿Con qué acompaño {plato}?
        ¿Puedo cambiar {ing} por {ing}?
        ¿A qué temperatura frío las croquetas?
        ¿Cuántos huevos lleva la tortilla?
        #tell Pocha las patatas y la cebolla a fuego lento en aceite de oliva antes de cuajar la tortilla
        Para la paella usa el doble de caldo que de arroz y no remuevas
        Añade una pizca de azúcar al sofrito y deja reducir los tomates
        La masa de las croquetas reposa toda la noche en la nevera
        Los garbanzos se remojan doce horas y se cuecen {nn} minutos en la olla
        Sirve {plato} con pan y un chorrito de aceite
        Fríe las croquetas en aceite muy caliente y de pocas en pocas
        Sin {ing} también sale bien, pon {ing} en su lugar
        """),
    ])
}
