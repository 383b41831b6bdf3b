//! TLS with an authority made for one run.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig};

use crate::error::{Error, ErrorKind};

/// An acceptor for `127.0.0.1` and `localhost`, and the authority to trust, as PEM.
pub(crate) fn authority() -> Result<(TlsAcceptor, String), Error> {
    let failed = |error: rcgen::Error| Error::new(ErrorKind::Certificate, error);
    let mut params = CertificateParams::new(Vec::new()).map_err(failed)?;
    params.distinguished_name = named("polycord-simulator authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![
        KeyUsagePurpose::KeyCertSign,
        KeyUsagePurpose::DigitalSignature,
    ];
    let key = KeyPair::generate().map_err(failed)?;
    let authority = CertifiedIssuer::self_signed(params, key).map_err(failed)?;

    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let leaf_key = KeyPair::generate().map_err(failed)?;
    let mut params = CertificateParams::new(names).map_err(failed)?;
    // Another name than the authority's: to OpenSSL, subject and issuer of one name are a certificate
    // that signed itself, whatever the keys say.
    params.distinguished_name = named("localhost");
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let leaf = params.signed_by(&leaf_key, &authority).map_err(failed)?;

    let failed = |error| Error::new(ErrorKind::Certificate, error);
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf_key.serialize_der()));
    // Named, because the process may have no default provider, or two to choose from.
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key)
        .map_err(failed)?;
    Ok((TlsAcceptor::from(Arc::new(config)), authority.pem()))
}

fn named(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, name);
    names
}

/// How to speak to a server that one of these authorities (PEM) vouches for.
pub(crate) fn client(authorities: &[Arc<str>]) -> Option<ClientConfig> {
    let mut roots = RootCertStore::empty();
    for authority in authorities {
        let certificates = CertificateDer::pem_slice_iter(authority.as_bytes());
        roots.add_parsable_certificates(certificates.flatten());
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().ok()?;
    Some(config.with_root_certificates(roots).with_no_client_auth())
}
