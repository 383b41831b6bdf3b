//! How a connection to the gateway is spoken: what the query of its URL says.

open_enum! {
    /// How frames are encoded.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway#encoding-and-compression).
    pub enum Encoding: str {
        /// JSON, which this crate reads.
        Json = "json",
        /// Erlang's external term format.
        Etf = "etf",
    }
}

open_enum! {
    /// How a whole connection is compressed.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway#transport-compression).
    pub enum TransportCompression: str {
        /// One zlib stream.
        ZlibStream = "zlib-stream",
        /// One zstd stream.
        ZstdStream = "zstd-stream",
    }
}
