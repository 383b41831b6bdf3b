//! The seam below the client: something that carries one HTTP request.

use std::{error::Error, future::Future, pin::Pin, sync::Arc};

use bytes::Bytes;

/// A boxed future that may move between threads.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Any error, boxed; what a [`Transport`] fails with.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// Carries one HTTP request to its server and its response back.
///
/// The default speaks HTTPS through reqwest and rustls. A test hands in something that answers from
/// memory; with a paused clock the whole client then runs in virtual time.
///
/// An implementation follows no redirect and retries nothing: the client decides about both. It must
/// not put headers into its errors, since one of them is the token.
///
/// # Examples
///
/// ```
/// use polycord_rest::{BoxError, BoxFuture, Bytes, Rest, Transport, http};
///
/// struct Teapot;
///
/// impl Transport for Teapot {
///     fn send(
///         &self,
///         _request: http::Request<Bytes>,
///     ) -> BoxFuture<Result<http::Response<Bytes>, BoxError>> {
///         Box::pin(async { Ok(http::Response::builder().status(418).body(Bytes::new())?) })
///     }
/// }
///
/// let rest = Rest::builder("a token").transport(Teapot).build()?;
/// # Ok::<(), polycord_rest::Error>(())
/// ```
///
/// Closures are transports too:
///
/// ```
/// use polycord_rest::{BoxError, Bytes, Rest, http};
///
/// let teapot = |_request: http::Request<Bytes>| async {
///     Ok::<_, BoxError>(http::Response::builder().status(418).body(Bytes::new())?)
/// };
/// let rest = Rest::builder("a token").transport(teapot).build()?;
/// # Ok::<(), polycord_rest::Error>(())
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends `request` and reads the whole response.
    ///
    /// # Cancel safety
    ///
    /// The client drops the future on a timeout and when its caller goes away; whether the server
    /// has seen the request by then is unknown.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<Result<http::Response<Bytes>, BoxError>>;
}

impl<F, Answering> Transport for F
where
    F: Fn(http::Request<Bytes>) -> Answering + Send + Sync + 'static,
    Answering: Future<Output = Result<http::Response<Bytes>, BoxError>> + Send + 'static,
{
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<Result<http::Response<Bytes>, BoxError>> {
        Box::pin(self(request))
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<Result<http::Response<Bytes>, BoxError>> {
        (**self).send(request)
    }
}
