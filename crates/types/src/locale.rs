//! Languages of clients and guilds.
//!
//! See [locales](https://docs.discord.com/developers/reference#locales).

open_enum! {
    /// A language that Discord's client speaks.
    ///
    /// See [the documentation](https://docs.discord.com/developers/reference#locales).
    pub enum Locale: str {
        /// Indonesian.
        Indonesian = "id",
        /// Danish.
        Danish = "da",
        /// German.
        German = "de",
        /// English, United Kingdom.
        EnglishUk = "en-GB",
        /// English, United States.
        EnglishUs = "en-US",
        /// Spanish, Spain.
        Spanish = "es-ES",
        /// Spanish, Latin America.
        SpanishLatam = "es-419",
        /// French.
        French = "fr",
        /// Croatian.
        Croatian = "hr",
        /// Italian.
        Italian = "it",
        /// Lithuanian.
        Lithuanian = "lt",
        /// Hungarian.
        Hungarian = "hu",
        /// Dutch.
        Dutch = "nl",
        /// Norwegian.
        Norwegian = "no",
        /// Polish.
        Polish = "pl",
        /// Portuguese, Brazil.
        PortugueseBrazilian = "pt-BR",
        /// Romanian.
        RomanianRomania = "ro",
        /// Finnish.
        Finnish = "fi",
        /// Swedish.
        Swedish = "sv-SE",
        /// Vietnamese.
        Vietnamese = "vi",
        /// Turkish.
        Turkish = "tr",
        /// Czech.
        Czech = "cs",
        /// Greek.
        Greek = "el",
        /// Bulgarian.
        Bulgarian = "bg",
        /// Russian.
        Russian = "ru",
        /// Ukrainian.
        Ukrainian = "uk",
        /// Hindi.
        Hindi = "hi",
        /// Thai.
        Thai = "th",
        /// Chinese, simplified.
        ChineseChina = "zh-CN",
        /// Japanese.
        Japanese = "ja",
        /// Chinese, traditional.
        ChineseTaiwan = "zh-TW",
        /// Korean.
        Korean = "ko",
    }
}
