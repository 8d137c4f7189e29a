//! Words for planted conversations in languages with spaces: what everybody says, most frequent first, and topics.

/// One language: its background, and topics with their words (most frequent first) and hashtags.
pub(crate) struct Speech {
    /// What everybody says, the most frequent first.
    pub(crate) background: &'static str,
    /// Topics: words, most frequent first; hashtags begin with #.
    pub(crate) topics: &'static [&'static str],
    /// Words stand apart.
    pub(crate) spaced: bool,
}

pub(crate) const ENGLISH: Speech = Speech {
    background: "the to and a of i in is you it for that on my this with be are have so not was but just they at \
        we me all your one what if like up out about do when from an can people get or good new time now how more no will \
        day know see today would there love who their has some think great want back by right really her his going make \
        got need too never as here year been way still even thing over than us always only look say could every much life \
        much very any after before again world work home best week night last first thanks please help happy thank better \
        find come take give tell feel keep let talk start stop try call wait show watch read write hear made said went \
        saw came told gone done bad big little long old next same different own other another many few most both such \
        because while until since though maybe probably actually literally honestly finally already almost enough later \
        soon tomorrow yesterday morning evening tonight weekend month hour minute moment place house street city country \
        friend family mother father child kids man woman guy girl person name word question answer story idea reason \
        problem point part side end money job office phone picture video photo book music song news post page list \
        number free open real true sure nice hard easy early late full whole ready wrong fine sorry hope wish guess mean \
        believe remember forget understand agree follow share check join visit happen change move turn leave stay live \
        learn seem laugh cry smile eat drink sleep walk run drive buy pay sell send bring meet lose win play",
    topics: &[
        "sushi salmon wasabi nori tuna maki omakase nigiri ginger sashimi ricecooker chopsticks #sushilove #rollit",
        "striker goalkeeper penalty midfielder kickoff offside derby referee stadium relegation transfer dribble #matchday #kickit",
        "ballot senate minister parliament turnout coalition candidate referendum manifesto lobby polling #election #voteearly #ballotbox",
        "guitar drummer vinyl chorus bassline encore setlist songwriter amplifier melody busking #livemusic #newvinyl",
        "compost seedling tomato mulch pruning greenhouse perennial slugs allotment dahlia watering soil #growyourown #gardening",
        "rocket orbit booster lunar telescope payload astronaut galaxy satellite nebula launchpad #spacewatch #tothemoon",
        "peloton sprint derailleur climb saddle breakaway gravel cadence helmet puncture bidon #cycling #roadrace",
        "vaccine clinic nurse ward diagnosis surgeon outbreak antibody patient dosage therapy #publichealth #vaccination",
        "inflation bond dividend broker hedge earnings index portfolio yield interest recession #markets #investing",
        "knitting yarn crochet needle stitch wool pattern sweater skein purl cardigan #knitalong #yarnlove",
        "coral reef plankton whale trawler kelp seabird turtle bycatch tide estuary #oceanlife #savethereef",
        "compiler kernel refactor latency database backend deploy syntax debugger runtime terminal #coding #opensource",
        "sourdough flour oven yeast crust brioche kneading proofing croissant baguette #baking #breadtime",
        "museum sculpture curator canvas exhibition portrait gallery etching fresco watercolour #artworld #onview",
    ],
    spaced: true,
};

pub(crate) const SPANISH: Speech = Speech {
    background: "de la que el en y a los se no un por con una su para es al lo como más o pero sus le ya porque muy sin \
        sobre mi también me hasta hay donde quien desde todo nos durante todos uno les ni contra otros ese eso ante ellos \
        esto antes algunos unos yo otro otras otra él tanto esa estos mucho nada muchos cual poco ella estar estas algo \
        nosotros hoy siempre nunca ahora después bien mal mejor peor día año vez tiempo vida gente cosa casa hombre mujer \
        mundo país ciudad calle amigo familia madre padre hijo niña trabajo noche mañana tarde semana mes hora momento \
        lugar parte lado forma manera razón problema pregunta respuesta historia idea palabra nombre número dinero libro \
        música canción foto noticia página grande pequeño nuevo viejo bueno malo primero último mismo propio cierto claro \
        fácil difícil feliz triste solo juntos gracias favor hola perdón saludos verdad mentira quiero puedo tengo hago \
        digo veo sé creo pienso siento espero necesito busco encuentro llego salgo vuelvo dejo pongo tomo doy recibo \
        vivo como duermo camino corro leo escribo escucho miro hablo llamo pago compro vendo gano pierdo juego ayudo \
        empiezo termino sigo cambio entiendo recuerdo olvido parece pasa queda falta gusta importa hace va viene dice",
    topics: &[
        "portero gol delantero penalti árbitro estadio liga fichaje entrenador empate córner afición #futbol #hastaelfinal",
        "paella arroz azafrán tortilla aceite ajo gazpacho receta horno pimentón cocina sartén #cocinacasera #recetas",
        "elecciones diputado congreso senado votación ministro partido escaño reforma decreto campaña #votamos #urnas",
        "playa maleta vuelo hotel excursión pasaporte hostal mochila aeropuerto crucero guía #viajeros #vacaciones",
    ],
    spaced: true,
};

pub(crate) const GERMAN: Speech = Speech {
    background: "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er \
        hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis \
        mehr durch man sein wurde sei ich wir mich dich uns euch hier da dort heute morgen gestern immer nie jetzt dann \
        wieder schon sehr gut schlecht besser neu alt groß klein lang kurz erste letzte ganz viel wenig alle jeder etwas \
        nichts jemand niemand mensch leute mann frau kind freund familie mutter vater haus stadt land straße welt leben \
        arbeit zeit tag nacht woche monat jahr stunde minute moment ort teil seite ende anfang grund problem frage antwort \
        geschichte idee wort name zahl geld buch musik lied bild foto nachricht danke bitte hallo entschuldigung wahrheit \
        glück liebe hoffnung angst freude leicht schwer früh spät richtig falsch wichtig klar sicher vielleicht eigentlich \
        natürlich endlich leider genau fast gerade bald später zusammen allein gehen kommen sehen hören sagen machen tun \
        geben nehmen finden suchen wissen glauben denken fühlen hoffen wollen können müssen dürfen sollen bleiben stehen \
        liegen sitzen laufen fahren essen trinken schlafen lesen schreiben spielen lernen kaufen zahlen helfen zeigen",
    topics: &[
        "torwart elfmeter stürmer abseits trainer tabelle stadion abstieg anstoß schiedsrichter derby freistoß #bundesliga #spieltag",
        "wahl bundestag minister koalition abgeordnete partei gesetz opposition haushalt stimme kanzler #wahltag #politik",
        "bahnhof zug verspätung gleis schaffner weiche fahrplan waggon abteil ticket lok #bahnfahren #verkehrswende",
        "brot sauerteig mehl hefe kruste backofen roggen brezel teig krume dinkel #backen #brotzeit",
    ],
    spaced: true,
};

impl Speech {
    /// The background, most frequent first.
    pub(crate) fn common(&self) -> Vec<&'static str> {
        let mut seen = Vec::new();
        for word in self.background.split_whitespace() {
            if !seen.contains(&word) {
                seen.push(word);
            }
        }
        seen
    }

    /// The words of one topic, most frequent first.
    pub(crate) fn topic(&self, number: usize) -> Vec<&'static str> {
        let topic = self.topics[number % self.topics.len()];
        topic.split_whitespace().collect()
    }
}
