package dev.bartizan.provenance.oms;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a bundle's signature is a trusted signer's (ECDSA on P-256, P-384 or P-521; RFC 5280 for
/// certificates, without lists of revoked ones).
final class SignatureCheck {
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

    private SignatureCheck() {}

    static void check(Bundle bundle, TrustedSigner signer, Instant now) throws NotVerified {
        switch (signer) {
            case TrustedSigner.Key(ECPublicKey key, String hint) -> {
                if (bundle.hint().filter(named -> !named.equals(hint)).isPresent()) {
                    throw new NotVerified("it names another key");
                }
                check(bundle, key);
            }
            case TrustedSigner.Authorities(List<X509Certificate> trusted) ->
                    check(bundle, leaf(bundle, trusted, now));
        }
    }

    private static void check(Bundle bundle, PublicKey key) throws NotVerified {
        try {
            Signature verifier = Signature.getInstance(algorithm(key));
            verifier.initVerify(key);
            verifier.update(bundle.signedBytes());
            if (!verifier.verify(bundle.signature())) {
                throw new NotVerified("the signature is not by this signer over these files");
            }
        } catch (GeneralSecurityException e) {
            throw new NotVerified("the signature cannot be checked: " + e.getMessage(), e);
        }
    }

    private static String algorithm(PublicKey key) throws NotVerified {
        int bits = key instanceof ECPublicKey ec ? ec.getParams().getOrder().bitLength() : 0;
        return switch (bits) {
            case 256 -> "SHA256withECDSA";
            case 384 -> "SHA384withECDSA";
            case 521 -> "SHA512withECDSA";
            default ->
                    throw new NotVerified("the key is on none of the curves P-256, P-384, P-521");
        };
    }

    /// The signer's key, when its certificate leads to a trusted one and is for signing.
    private static PublicKey leaf(Bundle bundle, List<X509Certificate> trusted, Instant now)
            throws NotVerified {
        if (bundle.chain().isEmpty()) {
            throw new NotVerified("it holds no certificate");
        }
        X509Certificate leaf = bundle.chain().getFirst();
        try {
            if (!signs(leaf)) {
                throw new NotVerified("the certificate is not one for signing");
            }
            leaf.checkValidity(Date.from(now));
            if (!trusted.contains(leaf)) {
                validate(bundle.chain(), trusted, now);
            }
            return leaf.getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new NotVerified("the certificate is not trusted: " + e.getMessage(), e);
        }
    }

    private static boolean signs(X509Certificate leaf) throws GeneralSecurityException {
        boolean[] usage = leaf.getKeyUsage();
        List<String> purposes = leaf.getExtendedKeyUsage();
        boolean mayDigitallySign = usage == null || usage[0];
        return mayDigitallySign && (purposes == null || purposes.contains(CODE_SIGNING));
    }

    private static void validate(
            List<X509Certificate> chain, List<X509Certificate> trusted, Instant now)
            throws GeneralSecurityException {
        Set<TrustAnchor> anchors =
                trusted.stream().map(one -> new TrustAnchor(one, null)).collect(Collectors.toSet());
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        List<X509Certificate> path = new ArrayList<>(chain);
        path.removeAll(trusted);
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    }
}
