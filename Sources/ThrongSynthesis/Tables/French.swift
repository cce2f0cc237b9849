extension Language {
  static let frenchTalk = """
    #hello Bonjour, | Salut, | Bonsoir, | Bonjour ! | Coucou,
    #lead Au fait : | Pour info : | Autre chose : | De plus, | Je précise :
    #aside Je suis un peu perdu. | C'est assez urgent. | Désolée pour ce long message. | Merci d'avance !
    Je ne sais plus quoi faire. | Une réponse courte me suffit.
    #okay D'accord. | Ok. | Je vois. | Très bien. | Ah oui. | Encore une question.
    #sure Bien sûr. | Avec plaisir. | Volontiers. | Bonne question. | Je comprends.
    #thanks Merci beaucoup ! | Super, merci pour votre aide. | Parfait, bonne journée. | Merci, c'est très clair.
    #welcome Je vous en prie ! | Avec plaisir, à bientôt. | De rien, bonne continuation.
    #email-sentence Mon adresse est {email} | Écrivez-moi à {email}
    #phone-sentence Mon numéro est le {phone} | Je suis joignable au {phone}
    #card-sentence J'ai payé avec la carte {card} | Ma carte est la {card}
    #iban-sentence Mon IBAN est {iban}
    #ip-sentence Mon adresse IP est {ip}
    #handle-sentence Mon pseudo est {handle} | Je suis {handle}
    #name-sentence \\nCordialement,\\n{first} {surname} | Je m'appelle {first} {surname}. | \\nMerci, {first} {surname}
    #first Camille | Julien | Chloé | Antoine | Manon | Hugo | Sylvie | Théo | Nathalie | Rémi
    #when hier | ce matin | la semaine dernière | l'autre jour | {day} dernier | il y a deux jours
    #day lundi | mardi | mercredi | jeudi | vendredi | samedi
    #relation sœur | mère | voisine | amie | fille | tante | cousine | collègue
    """
}

extension TopicSource {
  static let french = TopicSource(
    "french", "Conversations in French", .french,
    common: """
      #say C'est ma {relation} qui m'en a parlé
      """,
    [
      SubtopicSource(
        "french.train", "Billets de train et retards", .share(86), isService: true,
        """
        #ask Mon train a été annulé {when}, comment obtenir le remboursement du billet ? @1
        Comment échanger un billet de train sans frais ? @2
        Mon train avait {nn} minutes de retard, ai-je droit à une indemnisation ? @3
        J'ai raté ma correspondance à {place}, mon billet reste-t-il valable ? @4
        Ma carte de réduction n'apparaît pas sur le billet, que faire ? @7
        J'ai oublié mon sac dans le train pour {place}, où sont les objets trouvés ? @5
        Le contrôleur m'a mis une amende alors que j'avais un billet, comment contester ? @6
        Peut-on transporter un vélo dans le train vers {place} ? @8
        #say Le numéro du train est {order} au départ de {place}
        Le billet est sur l'application mais le code ne s'affiche pas
        Le guichet de la gare était fermé et la borne en panne
        Il y avait une grève et aucun bus de remplacement
        J'ai réservé une place côté fenêtre en première classe
        La correspondance n'était que de {n} minutes sur le quai
        Le retard a été annoncé sur le quai au dernier moment
        J'ai acheté le billet sur le site de {company}
        Mon abonnement est valable jusqu'en juin
        #say Le quai a changé deux minutes avant le départ du train
        L'application de {company} affiche un billet déjà utilisé
        Nous étions {n} voyageurs avec le même dossier
        Le train est resté bloqué près de {place} pendant {n} heures
        J'ai gardé le billet papier et le justificatif de retard
        Ma place était occupée et le wagon complet
        #next Le remboursement est-il en bon d'achat ou en argent ? @1
        Combien de temps ai-je pour demander l'indemnisation du retard ? @3
        Faut-il un billet pour le vélo ? @8
        Puis-je échanger le billet après le départ du train ? @2
        Où trouver le numéro de dossier sur le billet ? @4
        La carte de réduction marche-t-elle en première classe ? @7
        Qui contacter à la gare de {place} ? @5
        #tell Un train annulé donne droit au remboursement intégral du billet
        L'échange du billet est gratuit jusqu'à la veille du départ
        À partir de trente minutes de retard, demandez l'indemnisation en ligne
        Avec un seul dossier, vous pouvez prendre le train suivant en cas de correspondance ratée
        Déclarez l'objet perdu en ligne avec le numéro du train et de la voiture
        Pour contester l'amende, envoyez le billet et le procès-verbal
        Ajoutez la carte de réduction dans l'application avant d'acheter le billet
        Le vélo voyage plié dans une housse ou sur réservation
        """),
      SubtopicSource(
        "french.lettre", "Lettres administratives", .share(86),
        """
        #ask Peux-tu rédiger une lettre de résiliation pour mon {=contrat} ? @1
        Comment écrire une lettre de motivation pour une mairie ? @8
        Aide-moi à rédiger un courrier pour contester la dernière facture de mon {=contrat} @3
        Peux-tu corriger les fautes d'orthographe dans mon courrier ? @5
        Quelle formule de politesse mettre à la fin d'une lettre à la préfecture ? @2
        Je dois écrire une attestation d'hébergement pour ma {relation} @6
        Comment demander un délai de paiement aux impôts par courrier ? @7
        Peux-tu reformuler ce paragraphe dans un style plus soutenu ? @8
        #contrat contrat d'assurance | abonnement téléphonique | bail | contrat d'électricité | abonnement de sport
        #say Le destinataire est {company}, service clients, à {place}
        Le courrier partira en recommandé avec accusé de réception
        Ma référence client est {order}
        Le contrat a été signé il y a {n} ans
        Mon brouillon : je vous écris afin de résilier mon {=contrat}
        Je ne sais pas si on écrit ci-joint ou ci-jointe
        Le ton doit rester poli mais ferme
        Ils ont refusé ma première demande sans motif
        Je joins la copie de la pièce d'identité et le justificatif de domicile
        #say La mairie de {place} demande un courrier signé
        Mon assureur {company} n'a pas répondu à mon courrier
        J'hésite entre cordialement et salutations distinguées
        Le préavis est de {n} mois selon le contrat
        Il faut que la lettre tienne sur une page
        Je voudrais éviter les fautes d'accord dans la lettre
        #next Faut-il un accusé de réception ? @4
        Peux-tu raccourcir la lettre ? @5
        Où placer la date et l'objet du courrier ? @3
        Est-ce que le participe s'accorde ici ? @5
        Peux-tu ajouter le préavis de deux mois ? @1
        Comment commencer si je ne connais pas le destinataire ? @2
        La signature doit-elle être manuscrite ? @4
        #tell Objet : résiliation de mon {=contrat}. Madame, Monsieur, par la présente je vous informe de ma décision
        Veuillez agréer, Madame, Monsieur, l'expression de mes salutations distinguées
        Indiquez l'objet du courrier, votre référence et la date d'effet de la résiliation
        Envoyez la lettre en recommandé avec accusé de réception pour garder une preuve
        J'ai corrigé trois fautes d'orthographe et un accord du participe passé
        Je soussigné certifie héberger à mon domicile la personne nommée ci-dessous
        Pour un délai de paiement, expliquez votre situation et proposez un échéancier
        Dans un style soutenu : je me permets de solliciter votre bienveillance
        """),
    ])
}
