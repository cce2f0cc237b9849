extension SentimentLexicon {
  /// Words that speak well of what they speak of: see ``expanded(_:)`` for the form.
  static let positives = """
    3.6 ecstasy ecstatic/a euphoria euphoric/a flawless/a magnificent/a masterpiece/n phenomenal/a sublime/a
    3.4 bliss blissful/a breathtaking/a brilliant/a elated elation exhilarating/a exquisite/a glorious/a
    3.4 jubilant/a marvellous/a marvelous/a miraculous/a outstanding/a perfect/a perfection rapture
    3.4 rapturous/a spectacular/a splendid/a superb/a
    3.2 adorable/a adore/v adored amazing/a awesome/a beloved best dazzling/a euphorically excellence
    3.2 excellent/a extraordinary/a fantastic/a finest heavenly impeccable/a incredible joyous/a love/v
    3.2 loved loving/a masterful/a masterly overjoyed stellar stunning/a superbness thrilled transcendent
    3.2 triumph/vn triumphant/a unbeatable unforgettable/a virtuoso/n wonderful/a
    3.0 adoration beauties beautiful/a beauty/n bravo captivating/a cherish/v cherished delight/vn delighted
    3.0 delightful/a dreamy enchanting/a exceptional/a fabulous/a genius/n gorgeous/a great/rs greatness
    3.0 happiness happy/ars hero/n heroes heroic/a heroine/n hilarious/a hooray hurrah ingenious/a joy/n
    3.0 joyful/a jubilation luminous/a mesmerizing/a passionate/a priceless radiant/a rejoice/v remarkable/a
    3.0 superlative terrific/a thrilling/a treasure/vn treasured triumphs wondrous/a woohoo yay yippee
    2.8 admirable/a admiration admire/v admired bless/v blessed blessing/n brilliance celebrate/v celebrated
    2.8 celebration/n celebratory champion/vn charisma charismatic/a charm/vn charmed charming/a
    2.8 compelling/a electrifying/a elegance elegant/a engrossing/a enthralling/a excel excelled excelling
    2.8 excels excite/v excited excitement exciting/a gem/n graceful/a grateful/a gratitude gripping/a
    2.8 heartwarming/a heaven impress/v impressed impressive/a inspiration/n inspirational/a inspire/v
    2.8 inspired inspiring/a lovely majestic/a miracle/n paradise poignancy poignant/a rewarding/a
    2.8 riveting/a sparkling/a spellbinding/a thankful/as tremendous/a unparalleled uplift/v uplifting/a
    2.8 victories victorious/a victory/n winner/n wow
    2.6 acclaim/v acclaimed affection/n affectionate/a brave/ar bravery compassion compassionate/a congrats
    2.6 congratulate/v congratulations courage courageous/a creative/a creativity cute/r darling/n
    2.6 delicious/a energetic/a enjoy/v enjoyable enjoyably enjoyment enthusiasm enthusiastic/a fascinate/v
    2.6 fascinating/a fascination flourish/v flourishing fresh/rs fun funnier funniest funny/rs generosity
    2.6 generous/a gracious/a heartfelt hilarity honor/vn honorable/a honored honour/vn honourable
    2.6 hopeful/as humorous/a imaginative/a intriguing/a inventive/as kind/rs kindhearted kindly kindness
    2.6 kudos lively moving/a nobility noble/ar optimism optimistic/a original/a originality passion/n peace
    2.6 peaceful/a playful/as praise/vn praised praiseworthy pride prosper/v prosperity prosperous
    2.6 prosperously proud/ar refreshing/a romance/n romantic/a scrumptious serene/a serenity sexy/r
    2.6 succeed/v success/n successful/a sweet/ars sweetheart/n sweetness tasty/r tender/ars tenderness
    2.6 thrive/v thriving touching/a tranquil tranquility valiant/a vibrant/a vivid/as warmhearted warmth
    2.6 win/n winning winnings wit witty/r won yummy
    2.4 accomplish/v accomplished accomplishment/n achieve/v achievement/n admiring/a amuse/v amused
    2.4 amusement amusing/a atmospheric authentic/a authenticity award/vn awarded better/v bonanza care
    2.4 caring cheer/v cheerful/as cheery clever/ars commend/v commendable/a content contentment crafted
    2.4 cuddle/vn deserving devoted devotion dignified dignity entertain/v entertaining/a entertainment
    2.4 esteem/v esteemed evocative/a expert/an expertise exuberance exuberant/a faithful/as fortunate/a
    2.4 fortune/n friend/n friendly/rs friendship/n fulfilled fulfilling fulfillment genuine/as giddy/r
    2.4 gift/n gifted glee gleeful/a glories glory gold golden good goodness gratified gratifying/a grin/Vn
    2.4 haunting/a honest/a honesty hug/Vn ideal/a insight/n insightful/a integrity intelligence
    2.4 intelligent/a jackpot jolly/r kiss/vn laugh/vn laughter loyal/a loyalty luck lucky/r lush/ars
    2.4 lyrical/a masterfully memorable/a merry/r notable notably noteworthy pleasant/as please pleased
    2.4 pleasing/a pleasurable pleasure/n poetic/a polished positive/a powerful/a prize/vn profound/a
    2.4 ravishing/a respect/vn respected respectful/a reward/vn rewarded rich/ars richness robust/as
    2.4 satisfaction satisfied satisfy/v satisfying/a sensational/a sensual/a sincere/ar sincerity skill/n
    2.4 skilled skillful/a smart/ars smile/vn smiling strength/n strong/r sumptuous/a superior superiority
    2.4 supreme/a talent/n talented terrifically trust/v trusted trustworthy/s truthful/as unrivaled
    2.4 unrivalled windfall/n wisdom wise/ar worthwhile worthy/r
    2.2 advance/vn advancement/n advantage/n advantageous/a ambitious/a angel/n angelic/a appeal/vn
    2.2 appealing/a attract/v attraction/n attractive/as awe awed beneficial/a benefit/vn benefited bold/ars
    2.2 boldness breakthrough/n bright/ars brighten/v celebrates charitable/a charity chic classy/r
    2.2 clean/ars comfort/vn comfortable comfortably comforted comforting/a confidence confident/a cool/r
    2.2 cosy/r cozy/r crackling crisp/ars daring/a delicate/a determination determined dream/vn dynamic/a
    2.2 electric empathetic empathy empower/v empowering encourage/v encouragement encouraging/a excellently
    2.2 faith favorite/n favourite/n fearless/as fine/r finely forgive/v forgiven forgiving gentle/ar
    2.2 gentleness glad/as gladly glimmer/vn glow/v glowing groundbreaking handsome/a harmonious/a harmony/n
    2.2 heal/v healing health healthy/r help/v helped helpful/as hope/vn hoped hospitable hospitality
    2.2 humane/a humble/ar humility improve/v improved improvement/n innocence innocent/a innovate/v
    2.2 innovation/n innovative/a invaluable invigorating/a jubilee/n layered likable like/v likeable liked
    2.2 magic/a magical/a melodic merciful/a mercy modest/a musicality mystical/a neat/ars nice/ars nuance/n
    2.2 nuanced pioneer/vn pioneering potent/a precious/a progress/v provocative/a pure/r purity reassure/v
    2.2 reassured reassuring/a recover/v recovered recovery/n relax/v relaxed relaxing relief relieve/v
    2.2 relieved rescue/vn rescued resilience resilient/a revolutionary righteous/as rousing/a saint/n
    2.2 saintly saved shine/v shining shiny/r smooth/ars soothe/v soothing/a sophisticated sophistication
    2.2 sparkle/vn spirited stimulate/v stimulating/a stirred stirring/a stylish/as subtle/ar subtlety
    2.2 sunny/r support/vn supported supportive/as survivor/n sympathetic/a tenacious/a textured toast/v
    2.2 tolerant/a tuneful valuable value/v valued virtue/n virtuous/a visionary/n welcome/v welcomed
    2.2 welcoming wholesome/s wonder/vn
    2.0 absorbing accessible accord/n accuracy accurate/a adventure/n adventurous/a affordable agree/v
    2.0 agreeable agreed agreement/n applaud/v applauded applause appreciate/v appreciated appreciation
    2.0 appreciative/a approval/n approve/v approved articulate/a balance/vn balanced bargain/n believable
    2.0 believably bittersweet/s breezy/r capable/a catchy/r catharsis cathartic ceasefire/n charmingly
    2.0 civilized clarify/v clarity classic/n clear/ar cogent/a coherent/a collaborate/v collaboration
    2.0 competence competent/a convenience convenient/a convince/v convincing/a cooperate/v cooperation
    2.0 cooperative/a credibility credible credibly curiosity curious/a delightfully deluxe democracy/n
    2.0 democratic/a dependable durable eager/as eagerness ease/v easier easiest easy/rs educate/v educated
    2.0 effective/as efficiency efficient/a effortless/a eloquence eloquent/a endearing/a endorse/v endorsed
    2.0 endorsement/n enlighten/v enlightened enlightening epic/n equality equitable/a equity exploration
    2.0 fair/ars fairness famous/a feisty finesse flawlessly fluid/a free/r freedom/n freely grace/n
    2.0 grand/ar grandeur groovy/r gutsy/r handy/r harmonize/v heartened heartening/a hip icon/n iconic
    2.0 illuminate/v illuminating/a illumination immersive/a immortal informative/a interest/vn interested
    2.0 interesting/a involving jaunty justice keen/as knowledgeable/a lavish/as legend/n legendary
    2.0 liberate/v liberated liberating liberation liberty/n lifelike lovable loveable luxurious/a luxury/n
    2.0 monumental/a nifty/r nostalgia nostalgic/a offbeat opulent/a peacefulness persuasive/as plausible
    2.0 plausibly poise poised popular popularity practical precise/a precision premium protect/v protected
    2.0 protection/n quirky/r recommend/v recommendation/n recommended reconcile/v reconciliation
    2.0 reliability reliable reliably renown renowned rightful/a safe/ar safety sassy seamless/a secure/a
    2.0 security slick/ars snappy/r solid/as solidarity spunky stability stable sturdy/r suspense
    2.0 suspenseful thank/v thanked thanks thx timeless/as towering truce/n truthfully ty tysm unite/v
    2.0 united unity useful/as vigor vigorous/a vital/a vitality warm/ars warming well wellbeing wellness
    2.0 whimsical/a whimsy yeah yep yes yup zeal zest zestful/a zippy
    1.8 abundance abundant/a ace/vn acing adept/as agile agility allies ally/n alright ambition/n amped
    1.8 ample appetizing aspiration/n aspire/v aspiring assured/a astute/a attentive/as aw aww bloom/vn
    1.8 blooming blossom/vn blossoming bond/v bonded bonding boom/v booming boost/vn boosted bouncy
    1.8 bountiful bounty bubbly buddies buddy/n carefree cheerfulness civil/a committed companion/n
    1.8 companionship comrade/n considerate/a correct/a courteous/a courtesy decency decent/a dedicated
    1.8 dedication deft/as delectable/a diligence diligent/a disciplined dope earn/v earned earnings
    1.8 easygoing elevate/v elevated elevating enhance/v enhanced enhancement/n enrich/v enriched enriching
    1.8 fearlessly fixed flavorful gain/vn gained generously goated grew grow/v growing growth haha hahaha
    1.8 hahahaha hardworking hehe hyped incisive/a industrious/a intimacy intimate/a laidback lighthearted
    1.8 lit lmao lol lolz mature/a maturity medalist/n merit/vn meritorious miraculousness mouthwatering
    1.8 nailed nimble nimbly opportunities opportunity/n pal/n panoramic peppy perceptive/as perky
    1.8 picturesque pleasantly plentiful plenty poggers polite/as profit/vn profitable profitably promise/vn
    1.8 promising/a psyched pumped purposeful/a rainbow/n rallied rally/v redeem/v redeeming redemption
    1.8 redemptive refine/v refined refinement/n repair/v repaired resolution/n resolve/v resolved
    1.8 respectable responsible responsibly restoration restore/v restored ripe rocks rofl salvage/v
    1.8 salvation satisfyingly savior/n saviour/n savory savvy scenic sharp/ars shrewd/a slaps slay/v
    1.8 solution/n solve/v solved starry stoked sunlight sunshine tasteful/a thoughtful/as unafraid
    1.8 uncompromising undaunted understated unflinching/a unpretentious/a upbeat upgrade/vn upgraded
    1.8 verdant victor/n wealth wealthy/r winsome/a woot worth worthiness xoxo yass yasss yum
    1.6 able altruism altruistic/a amicable amicably antidote/n approachable cherishing commemorate/v
    1.6 compatible convivial cure/vn cured dear/ar dearest dearly distinction/n distinguished donate/v
    1.6 donation/n eligible eminent/a energize/v energized energizing engaging/a eventful factual/a favor/v
    1.6 favorable favorably favored favour/v favourable feat/n fitting/a fond/ars fondness friendliest
    1.6 heralded historic homage/n illustrious intrigue/vn intrigued involvingly landmark/n laud/v
    1.6 laudable/a lauded lawful/a legitimate/a lucid/a memorabilia milestone/n motivate/v motivated
    1.6 motivating motivation neighborly nourish/v nourishing nourishment nurture/v nurtured nurturing
    1.6 outgoing patriot/n patriotic/a personable philanthropic philanthropy pragmatic/a preferable
    1.6 preferably preferred prestige prestigious proven prudence prudent/a qualified qualify/v rational/a
    1.6 readiness reasonable rebirth refresh/v refreshed rejuvenate/v rejuvenated remedies remedy/vn renew/v
    1.6 renewal renewed revitalize/v revival revive/v revived rightly safeguard/vn sane sanity selfless/as
    1.6 sensibility/n sensible sensibly sobriety sociable suitable suitably suited tantalizing/a therapeutic
    1.6 tribute/n triumphantly true/r truth/n unselfish/a valid/a validity vaunted verified volunteer/vn
    1.6 willing/as willingness
    1.4 accept/v acceptable acceptably acceptance accepted accommodating adaptable bullish calm/ars calming
    1.4 cheeky childlike comeback/n concise/a cultivated cultured cushy depth dreamlike ethereal exceed/v
    1.4 exceeded feast/vn festival/n festive flexibility flexible flexibly hearty/r holiday/n hygienic
    1.4 hypnotic/a immaculate/a intact intuition intuitive/a leisure leisurely literate meaningful/as
    1.4 mischievous/a orderly organized otherworldly outperform/v outperformed playfulness pristine prompt/a
    1.4 punctual/a rebound/v resonance resonant/a resonate/v responsive/as restful/a robustly sanitary
    1.4 speedy/r spotless/a streamlined succinct/a surpass/v surpassed swift/ars tidy/r timely uncluttered
    1.4 undamaged unharmed uninjured unscathed upside/n upswing/n upturn/n vacation/n versatile versatility
    1.4 worthwhileness youthful/as
    1.2 agreeably amenable attain/v attained attainment bolster/v bolstered buoy/v buoyant/a buoyed cheers
    1.2 comedic competently conciliatory conquer/v conquered consensus diplomacy diplomatic/a enliven/v
    1.2 enlivened flair flamboyant/a fortify/v hailed hardy heart/n humanist humanity liven/v ok okay okey
    1.2 overcame overcome/v panache patient pizzazz prevail/v prevailed salute/vn saluted sincerest solidly
    1.2 soul/n soulful/a spice/v spiced spirit/n spiritual/a stabilize/v strengthen/v strengthened
    1.2 strengthening tactful/a tenderly verve volunteerism wellmade worthily zany zing
    1.0 ably affable alive amiable amiably aware/s capably celebrity congenial conscientious/a consoling
    1.0 cordial/a dapper dashing debonair dutiful/a farsighted foresight genial guard gusto handily
    1.0 hardihood hearted jovial likeably mindful/as mindfulness modernize/v oomph pioneers quality
    1.0 realistic reform/vn reformed reformer/n sentimental stalwart steadfast/as steady/rs suave
    1.0 sympathize/v tearjerker together togetherness unfailing unwavering zealous
    0.8 adequate boyish carefully cerebral coup dank detox discipline engage engaged fancy fit foster
    0.8 girlish goal hallmark handyman intellectual juicy mate mischief moody parties partner party passable
    0.8 potential ready rocked shelter significance silence substance substantial sufficient surge surreal
    0.8 taut truly vaccinate
    0.6 build goofy laughable peppery spicy wacky
    0.4 community condolence conscious console premier progressives share sympathy
    """
}
