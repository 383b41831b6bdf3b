//! The routes that [`Rest`](crate::Rest) has methods for, by the resource of their path.

mod channel;
mod command;
mod gateway;
mod guild;
mod interaction;
mod message;
mod user;

use std::fmt::Display;

use http::Method;
use serde::Serialize;

use crate::{error::Error, request::Request};

fn get(template: &'static str, arguments: &[&dyn Display]) -> Result<Request, Error> {
    Request::new(Method::GET, template, arguments)
}

fn put(template: &'static str, arguments: &[&dyn Display]) -> Result<Request, Error> {
    Request::new(Method::PUT, template, arguments)
}

fn post(template: &'static str, arguments: &[&dyn Display]) -> Result<Request, Error> {
    Request::new(Method::POST, template, arguments)
}

fn patch(template: &'static str, arguments: &[&dyn Display]) -> Result<Request, Error> {
    Request::new(Method::PATCH, template, arguments)
}

fn delete(template: &'static str, arguments: &[&dyn Display]) -> Result<Request, Error> {
    Request::new(Method::DELETE, template, arguments)
}

/// Puts a JSON body into a request.
fn with(
    request: Result<Request, Error>,
    body: &(impl Serialize + ?Sized),
) -> Result<Request, Error> {
    request.and_then(|request| request.json(body))
}
