extension StopWords {
  /// Words of the other lists that are content words, names or abbreviations in English.
  static let contentWords = """
    ad ante are art bad ben bin bis car col com comment dare den des die don door dos dove el era eras est fare fin \
    gut hat hem hoe io lo mac mai main mal man men mi mine mit mu net nos os pas pc pendant per plus pour pure rare \
    real sale san se ser si sin solo son sole sur tale tan tel todo tot tu un us van ver vi via voice war wet wie word
    """

  /// The lists by language, words parted by spaces.
  static let lists: [String: String] = [
    "en": """
    a about above actually after again against ago all almost already also although always am among an and another \
    any anybody anyone anything anyway are aren't around as asked at away back be became because been before being \
    below best better between both but by came can can't cannot come comes could couldn't did didn't different do \
    does doesn't doing don't done down during each either else enough etc even ever every everybody everyone \
    everything exactly far few first for from further gave get gets getting give given go goes going gone gonna \
    good got great had hadn't happen has hasn't have haven't having he he'd he'll hello her here hers herself hey hi \
    him himself his hmm how however i i'd i'll i'm i've if in indeed instead into is isn't it it'd it'll its itself \
    just keep kind knew know known last later least less let lets like likely little long look looking lot lots made \
    mainly make makes making many may maybe me mean means might mine more most much must mustn't my myself near \
    necessary need needs neither never new next no nobody none nor not nothing now of off often oh ok okay old on \
    once one ones only onto or other others otherwise ought our ours ourselves out over own part particular per \
    perhaps please possible probably put quite rather re really right said same saw say saying says see seem seemed \
    seems seen several shall she she'd she'll should shouldn't show since so some somebody somehow someone something \
    sometimes somewhat somewhere soon still stuff such sure take taken tell than thank thanks that that'd that'll \
    the their theirs them themselves then there there'd there'll therefore these they they'd they'll they're they've \
    thing things think this those though thought through thus til till time times to today together told tomorrow \
    too took toward towards tried tries try trying two under unless until up upon us use used uses using usually \
    very via wanna want wanted wants was wasn't way we we'd we'll we're we've well went were weren't what what'll \
    whatever when whenever where whether which while who who'd who'll whoever whole whom whose why will with within \
    without won't would wouldn't yeah yes yesterday yet you you'd you'll you're you've your yours yourself \
    yourselves ain't y'all dont cant wont didnt doesnt isnt im ive youre thats whats e.g i.e a.m p.m
    """,
    "de": """
    aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei beim bin bis bist \
    bitte da dabei dadurch dafür dagegen daher damit danach danke dann daran darauf daraus darf darin darüber darum \
    das dass dasselbe davon dazu dein deine deinem deinen deiner dem den denn dennoch der deren des deshalb dessen dich \
    die dies diese diesem diesen dieser dieses dir doch dort du durch dürfen eben ein eine einem einen einer eines \
    einfach einige einigen einmal er erst es etwa etwas euch euer eure für gar geben gegen geht gemacht genau gern gibt \
    gut hab habe haben hallo hast hat hatte hatten heute hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer \
    im immer in ins ist ja jede jedem jeden jeder jedes jedoch jemand jene jetzt kann kannst kein keine keinem keinen \
    keiner kommen kommt konnte können könnte könnten lassen leider machen macht mal man manche mehr mein meine meinem \
    meinen meiner meist mich mir mit möchte möchten muss müssen müsste nach nachdem nein nicht nichts nie noch nun nur \
    ob oder ohne schon sehr sei seid sein seine seinem seinen seiner seit selbst sich sie sind so sogar solche sollen \
    sollte somit sondern sonst sowie trotzdem über um und uns unser unsere unserem unseren unter vielen vielleicht viel \
    viele vom von vor wann war waren warum was weg wegen weil weiter welche welchem welchen welcher welches wenn wer \
    werde werden wie wieder will wir wird wirklich wo wohl wollen wollte worden wurde wurden würde würden zu zum zur \
    zwar zwischen
    """,
    "fr": """
    afin ai aie jusqu lorsqu puisqu qu quelqu alors après as assez au aucun aucune aussi autre autres aux avait avant avec avez avoir avons beaucoup \
    bien bon bonjour car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment dans de déjà \
    depuis des dessous dessus deux devrait dit dois doit donc dont du elle elles en encore entre es est et \
    étaient étais était étant été être eu eux faire fait fais faut fois font hors ici il ils je jusque la là le les \
    leur leurs lors lui ma mais me même mêmes merci mes mieux moi moins mon ne ni non nos notre nous on ont ou où oui \
    par parce pas pendant peu peut peuvent peux plus plusieurs plutôt pour pourquoi pourrait pouvez pouvoir \
    puis quand que quel quelle quelles quelque quelques quels qui quoi rien sa sans se sera serait ses seulement si \
    sien soit sommes son sont sous souvent suis sur ta tandis te tel telle tels tes toi ton toujours tous tout toute \
    toutes très trop tu un une va vais vers veut veux voici voilà voir vos votre voudrais vous vraiment
    """,
    "es": """
    a acá ahí ahora al algo alguien algún alguna algunas alguno algunos allí ante antes aquel aquella aquello aquí así \
    aún aunque bajo bastante bien buenas bueno buenos cada casi como cómo con contra cosa cosas cual cuál cuales \
    cualquier cuando cuándo cuanto cuánto de del demás desde después donde dónde dos durante e el él ella ellas ello \
    ellos en entonces entre era eran eres es esa esas ese eso esos esta está ésta estaba estado están estar estas este \
    éste esto estos estoy favor fin fue fueron gracias gran ha haber había hace hacer hacia han hasta hay he hemos hola \
    hoy igual incluso la las le les lo los luego más me mejor menos mi mí mientras mis mismo misma mucha muchas mucho \
    muchos muy nada nadie ni ningún ninguna no nos nosotros nuestra nuestro nunca o os otra otras otro otros para parece \
    pero poco por porque pues puede pueden puedo que qué querer quiero quien quién se sea según ser será si sí sido \
    siempre sin sino sobre solo sólo somos son soy su sus tal también tampoco tan tanto te tener tengo ti tiene tienen \
    toda todas todavía todo todos tu tú tus un una unas uno unos usted ustedes va vamos veces ver vez voy y ya yo
    """,
    "it": """
    a abbiamo all dall dell nell quell sull ad adesso agli ai al alla alle allo allora altra altre altri altro anche ancora anzi appena aveva avere \
    avete avevo basta bene bisogno buongiorno che chi ci ciao cioè come con così cosa cui da dagli dai dal dalla \
    dalle davvero degli dei del della delle dello dentro deve devo di dopo dove due è e ed era erano eri essere fa fare \
    fatto favore fino forse fra già gli grazie ha hai hanno ho i il in infatti io la là le lei li lo loro lui ma mai me \
    meglio meno mentre mi mia mie miei mio molto molta molti nei nel nella nelle nessuno niente no noi non nostra nostro \
    nulla o ogni oggi oltre oppure ora perché però più poco poi possibile posso potrebbe prima proprio può puoi qua \
    qualche qualcosa quale quali quando quanto quella quelle quelli quello questa queste questi questo qui quindi sarà \
    se sei sempre senza si sì sia siamo siete sono sopra sotto sta stata stati stato sto su sua sue sugli sui sul sulla \
    suo suoi tanto te ti tra troppo tu tua tuo tutta tutte tutti tutto un una uno va vi via vogliamo voglio voi vorrei \
    vostro vuole
    """,
    "pt": """
    a à agora aí ainda algo alguém algum alguma alguns ali antes ao aos apenas aquela aquele aquilo aqui as às assim até \
    bem boa bom cada coisa com como contra da daí daquele das de dela dele deles depois desde dessa desse desta deste \
    deve disso dizer do dois dos e é ela elas ele eles em então entre era eram és essa essas esse esses esta está estão \
    estar estava estas este estes estou eu faz fazer favor foi foram for fosse há hoje isso isto já la lhe lo mais mas \
    me melhor menos mesma mesmo meu meus minha minhas muita muito muitos na nada não nas nela nele nem nenhum nessa nesse \
    nesta neste ninguém no nos nós nossa nosso num numa nunca o obrigada obrigado oi olá onde os ou outra outras outro \
    outros para pela pelas pelo pelos pode podem poder pois por porque porquê posso pouco pra qual qualquer quando quanto \
    quase que quê quem quero são se seja sem sempre sendo ser será seu seus si sido sim só sobre sou sua suas tal também \
    tanto tão te tem têm tenho ter teu teve ti tinha toda todas todo todos tu tua tudo um uma umas uns vai vamos você \
    vocês vos vou
    """,
    "nl": """
    aan af al alle alleen alles als altijd andere ben bent beter bij bijna daar daarna dan dank dat de deze die dit doe \
    doen doet door dus echt een eens eerst elk elke en er ergens even gaan gaat geen geweest goed graag had hadden hallo \
    heb hebben hebt heeft heel hem het hier hij hoe hoi hun iets iemand ik in is ja je jij jou jouw jullie kan kon \
    konden kun kunnen kunt maar maken me meer meest men met mij mijn misschien moest moet moeten mogen na naar net niet \
    niets niks nog nooit nou nu of om omdat onder ons onze ook op over per precies samen sinds soms te tegen terug toch \
    toen tot tussen u uit uw vaak van vanaf veel via voor vooral waar waarom wanneer want waren was wat weer weg wel \
    welke werd werden wie wij wil willen wilt word worden wordt ze zei zeer zelf zich zien zij zijn zo zoals zonder zou \
    zouden zullen
    """,
    "zh": """
    我的 你的 他的 她的 我在 我想 我是 有没有 是不是 能不能 怎么办 的 了 是 我 你 您 他 她 它 我们 你们 他们 她们 它们 咱们 自己 这 那 这个 那个 这些 那些 这样 那样 这里 那里 这么 那么 \
    什么 怎么 怎样 为什么 哪 哪个 哪些 哪里 谁 多少 几 在 有 没 没有 不 不是 不会 不能 不要 就 就是 也 都 还 还是 还有 又 再 \
    和 与 及 或 或者 跟 同 对 对于 对不起 把 被 给 让 从 到 向 往 由 于 以 以及 为 为了 因为 所以 因此 但 但是 可是 不过 而 \
    而且 如果 要是 虽然 即使 然后 于是 可以 可能 能 能够 会 要 想 应该 需要 必须 吗 呢 吧 啊 呀 哦 嗯 啦 嘛 哈 哈哈 很 非常 \
    太 更 最 比较 真 真的 特别 一 一个 一些 一下 一点 一样 一直 一起 个 些 种 次 点 上 下 里 中 前 后 时 时候 现在 以后 之后 \
    之前 今天 明天 昨天 地 得 着 过 来 去 说 做 看 知道 觉得 感觉 用 使用 请 请问 谢谢 你好 您好 好 好的 是的 对的 其实 只 只是 \
    只有 已经 曾经 正在 刚 才 便 却 并 并且 等 之 其 此 该 各 每 某 另 别 第一
    """,
    "ja": """
    の に は を が で と も へ や から まで より など か ね よ な わ さ し て た だ です ます でし まし だっ です か ませ ん \
    ない なく なかっ ある あり あっ いる い いっ する し さ れ られ せる なる なり なっ できる でき くる いく こと もの とき ため \
    よう ところ これ それ あれ どれ この その あの どの ここ そこ あそこ どこ こちら そちら 私 僕 俺 あなた 彼 彼女 私たち 誰 何 \
    いつ なぜ どう どうして そう こう ああ とても もっと また まだ もう すぐ とか という といった について として によって に対して \
    ので のに けど けれど けれども しかし でも だから そして それで また は い いいえ はい ありがとう ありがとうございます ください \
    お願い お願いします すみません たい らしい そうです みたい だけ しか ほど くらい ぐらい ながら たり ば なら 的 等 方 今 今日 明日 \
    昨日 思う 思い 言う 言っ 見る 行く 来る 入る 出る 少し 一つ 中 上 下
    """,
  ]
}
