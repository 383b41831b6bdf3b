//! The default transport: HTTP/1.1 over TLS with reqwest and rustls.

use std::{sync::Arc, time::Duration};

use bytes::{Bytes, BytesMut};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::{CertificateDer, pem::PemObject};

use crate::{
    error::Error,
    transport::{BoxError, BoxFuture, Transport},
};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A longer response is an error: Discord's largest (a thousand members) stays far below.
const MAX_RESPONSE: usize = 32 * 1024 * 1024;

pub(crate) struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// `direct` leaves out the proxy that the environment may name.
    pub(crate) fn new(extra_roots: &[Vec<u8>], direct: bool) -> Result<Self, Error> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(extra_roots)?)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(CONNECT_TIMEOUT);
        if direct {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|cause| {
            Error::config("the HTTP client cannot be set up", Some(cause.into()))
        })?;
        Ok(Self { client })
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<Result<http::Response<Bytes>, BoxError>> {
        let client = self.client.clone();
        Box::pin(async move {
            exchange(&client, request).await.map_err(|cause| {
                // The URL of an interaction's response holds the interaction's token.
                match cause.downcast::<reqwest::Error>() {
                    Ok(cause) => cause.without_url().into(),
                    Err(other) => other,
                }
            })
        })
    }
}

async fn exchange(
    client: &reqwest::Client,
    request: http::Request<Bytes>,
) -> Result<http::Response<Bytes>, BoxError> {
    let mut answer = client.execute(reqwest::Request::try_from(request)?).await?;
    let mut response = http::Response::builder().status(answer.status());
    if let Some(headers) = response.headers_mut() {
        *headers = std::mem::take(answer.headers_mut());
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > MAX_RESPONSE {
            return Err(format!("the response is longer than {MAX_RESPONSE} bytes").into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(response.body(body.freeze())?)
}

fn tls(extra_roots: &[Vec<u8>]) -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    for pem in extra_roots {
        let before = roots.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|cause| bad_root(Some(Box::new(cause))))?;
            roots
                .add(certificate)
                .map_err(|cause| bad_root(Some(Box::new(cause))))?;
        }
        if roots.len() == before {
            return Err(bad_root(None));
        }
    }
    // The provider is named, so that no process-wide default can be missing or surprising.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|cause| Error::config("TLS cannot be set up", Some(Box::new(cause))))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}

fn bad_root(cause: Option<BoxError>) -> Error {
    Error::config(
        "the extra root certificates cannot be read: give a PEM file with at least one CERTIFICATE",
        cause,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_transport_needs_no_process_wide_provider() {
        assert!(ReqwestTransport::new(&[], true).is_ok());
    }

    #[test]
    fn a_root_file_without_a_certificate_is_refused() {
        let error = ReqwestTransport::new(&[b"not pem".to_vec()], true)
            .err()
            .map(|e| e.to_string());
        assert!(error.is_some_and(|text| text.contains("PEM")));
    }
}
