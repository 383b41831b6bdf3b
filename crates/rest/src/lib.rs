#![doc = include_str!("../README.md")]

mod bucket;
mod builder;
mod call;
mod client;
mod error;
mod global;
mod guard;
mod headers;
mod limiter;
mod request;
mod reqwest_transport;
mod response;
mod route;
mod routes;
mod transport;

pub use bytes::Bytes;
pub use http;

pub use crate::{
    builder::RestBuilder,
    call::Call,
    client::{Rest, Stats},
    error::{Error, ErrorKind},
    headers::Scope,
    request::Request,
    response::Response,
    transport::{BoxError, BoxFuture, Transport},
};
