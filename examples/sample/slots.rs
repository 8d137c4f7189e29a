//! Words that fill the gaps of the phrases: `{fish}` becomes one of the fish. Choices stand between bars.

use super::random::Random;

const SLOTS: &[(&str, &str)] = &[
    ("digits", "6|8|9|12|14|15|18"),
    (
        "fish",
        "salmon|tuna|yellowtail|mackerel|sea bream|scallop|eel|squid|sea bass|trout|\
         horse mackerel|otoro|flounder|prawn|octopus",
    ),
    (
        "dish",
        "nigiri|hand rolls|chirashi|maki|temaki|gunkan|inari|futomaki|rainbow rolls|uramaki|\
         sashimi|tamago|miso soup|spicy tuna rolls",
    ),
    (
        "place",
        "Harbour Row|Lantern Street|Old Mill Lane|Canal Side|the Night Market|\
         Foxglove Square|Pier Nine|Bramble Hill|the Glass Arcade|Saltmarket|Quarry Park|\
         Tanners Yard|East Quay|Willow Court",
    ),
    (
        "bar",
        "Kaze Counter|Tide and Grain|The Quiet Eel|Little Wasabi Room|Moonfish|Nine Seats|\
         Paper Crane|Rice and Salt|Umi Corner|The Blue Ladle|Sable and Shiso|Hinoki Bar",
    ),
    (
        "course",
        "the cured mackerel|the torched scallop|a single sweet prawn|the aged tuna|\
         the soft egg custard|the eel with sansho|the squid with sea salt|\
         the clear clam soup|the smoked bonito|the last bite of tamago",
    ),
    (
        "feel",
        "I nearly cried|worth every coin|silence at the table|we ordered it twice|\
         still thinking about it|my notes are just hearts|the chef only smiled|\
         I would cross town for it|best bite of the month|no photo does it justice",
    ),
    (
        "city_time",
        "last night|on Thursday|after work|for my birthday|on a rainy Sunday|\
         before the cinema|with my sister|on payday|with the whole office|\
         at the early sitting",
    ),
    (
        "tool",
        "rice cooker|bamboo mat|rice paddle|plastic wrap|fish tweezers|hangiri tub|\
         cheap knife|silicone mould|little fan|blowtorch",
    ),
    (
        "fill",
        "cucumber|avocado|crab sticks|cream cheese|tinned tuna|sweet omelette|pickled radish|\
         smoked salmon|asparagus|leftover prawns|carrot ribbons|spicy mayo",
    ),
    (
        "slip",
        "the rice went mushy|the roll burst open|I forgot the vinegar|the nori tore twice|\
         half of it stuck to the mat|my slices look like doorstops|I burnt the pot|\
         the wasabi made me sneeze|the cat stole a prawn",
    ),
    (
        "tip",
        "wash the rice until the water runs clear|season while it is hot and fan it|\
         wet the knife before every cut|leave a finger of nori bare|\
         use less filling than you think|let the rice rest ten minutes|\
         toast the nori for five seconds|mix sugar, salt and vinegar first|\
         cut in halves, then in thirds|keep a bowl of vinegar water beside you",
    ),
    (
        "eater",
        "the kids|my flatmates|Grandma|six hungry teenagers|the neighbours|my dad|\
         the book club|my partner|two picky eaters|the football team",
    ),
    (
        "gear",
        "long lines|pole and line|pots|gill nets|small day boats|closed farm tanks|\
         rope-grown lines|hand lines",
    ),
    (
        "stock",
        "bluefin|eel|mackerel|yellowfin|bigeye|sea urchin|scallop|herring|farmed salmon|\
         sardine",
    ),
    (
        "eco",
        "bycatch|spawning season|traceable landings|seafood labels|the food web|\
         juvenile fish|kelp beds|cold chain waste|ocean warming|harbour logbooks",
    ),
    (
        "swap",
        "sardine instead of tuna|trout instead of salmon|mussels instead of prawns|\
         herring instead of eel|kelp as a side|line-caught mackerel|rope-grown scallops|\
         squid in season",
    ),
    (
        "study",
        "a survey of 40 menus|the new harbour report|a tagging study|three years of landings|\
         a label test in 25 shops|our beach count|the spring stock assessment|\
         DNA tests on 60 samples",
    ),
    (
        "job",
        "second chef|kitchen porter|weekend server|prep cook|sushi apprentice|grill cook|\
         counter host|pastry cook",
    ),
    (
        "supply",
        "rice|nori|tuna loin|fresh wasabi|ginger|soy|takeaway boxes|gas|linen|ice",
    ),
    (
        "shift",
        "Friday service|the lunch rush|double shift|Sunday prep|the late sitting|stocktake|\
         our soft opening|the first week with the new menu",
    ),
    (
        "trade",
        "food cost|portion weights|no-shows|delivery fees|rotas|the walk-in fridge|\
         knife sharpening|allergen cards|waste logs|table turns",
    ),
    (
        "head",
        "The ten counters everyone will talk about this spring|\
         Why fresh wasabi is so hard to grow|Inside the town's smallest sushi bar|\
         Conveyor belts are back|How a roll crossed the ocean|\
         Rice prices: what diners should know|What your sushi order says about you|\
         The chef who only serves nine guests|A beginner's guide to the counter|\
         Seven lunches under fifteen|The quiet return of eel|\
         Is the hand roll the new sandwich?|Our critic eats forty pieces in a day|\
         The knife maker of Tanners Yard",
    ),
    (
        "format",
        "Video|Exclusive|Long read|Photo gallery|Podcast|Interview|Live|Review|Explainer|\
         Breaking",
    ),
    (
        "veg",
        "marinated tofu|smoked carrot|king oyster mushroom|jackfruit|konjac|\
         roasted aubergine|sweet potato tempura|avocado|pickled daikon|tempeh|beetroot|\
         watermelon tuna",
    ),
    (
        "vegnote",
        "no fish needed|fully plant-based|even my dad had seconds|gluten free too|\
         tastes like the sea thanks to kelp|cheaper than takeaway|dairy free mayo included|\
         ready in half an hour",
    ),
    (
        "sake",
        "junmai ginjo|a cloudy nigori|dry honjozo|sparkling sake|aged koshu|yamahai junmai|\
         a light daiginjo|warm futsushu",
    ),
    (
        "tea",
        "genmaicha|sencha|hojicha|cold brewed gyokuro|barley tea|matcha",
    ),
    (
        "taste",
        "melon and steamed rice|pear and white pepper|toasted nuts|sea spray|\
         banana and cream|fresh hay|umami for days|green apple",
    ),
    ("n", "two|three|four|five|six|seven|eight|nine|ten|twelve"),
    (
        "day",
        "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
    ),
    (
        "page",
        "https://example.com/spring-guide|https://example.com/counter|\
         https://example.com/rice|https://example.com/map|https://example.com/archive/41|\
         https://example.com/notes|https://example.com/season|https://example.com/video/7",
    ),
    (
        "魚",
        "まぐろ|サーモン|えんがわ|こはだ|あじ|しめさば|うに|いくら|穴子|赤貝|たこ|ほたて|\
         中とろ|白えび",
    ),
    (
        "店",
        "駅前の回転寿司|路地裏の立ち食い寿司|港の食堂|近所の寿司屋|カウンター八席の店|\
         市場の場内|祖父の行きつけ|商店街の持ち帰り寿司",
    ),
    (
        "褒",
        "最高でした|しあわせ|旬の味|とろける|感動した|また行きたい|口の中でほどける|今年一番|\
         言葉が出ない",
    ),
    (
        "時",
        "昨日の夜|今日のお昼|週末|仕事帰りに|誕生日に|雨の日に|久しぶりに|家族で|友だちと",
    ),
    (
        "仕",
        "シャリの温度|握りの強さ|煮切り醤油|包丁の入れ方|昆布締め|酢の加減|海苔の香り|\
         わさびのおろし方",
    ),
    ("nth", "third|fourth|fifth|sixth|tenth|umpteenth"),
    ("num", "38|45|52|60|64|71|80|94"),
];

/// `phrase` with every gap filled. `{who}` and `{quote}` are left for the caller.
pub(super) fn filled(phrase: &str, random: &mut Random) -> String {
    let mut text = String::with_capacity(phrase.len() + 40);
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (slot, tail) = after.split_once('}').expect("phrases close their gaps");
        if let Some((_, words)) = SLOTS.iter().find(|(name, _)| *name == slot) {
            let words: Vec<&str> = words.split('|').collect();
            let mut word = random.pick(&words);
            if text.contains(word) {
                word = random.pick(&words); // the same twice sounds odd
            }
            text.push_str(word);
        } else {
            text.push('{');
            text.push_str(slot);
            text.push('}');
        }
        rest = tail;
    }
    text.push_str(rest);
    with_capital(&text)
}

/// Sentences that begin with a gap begin with a small letter: mended here.
fn with_capital(text: &str) -> String {
    let mut before = ['.', ' '];
    let capital: String = text
        .chars()
        .map(|c| {
            let begins = matches!(before, ['.' | '!' | '?' | '😂', ' ']) && c.is_ascii_lowercase();
            before = [before[1], c];
            if begins { c.to_ascii_uppercase() } else { c }
        })
        .collect();
    capital.replace("Https://", "https://")
}
