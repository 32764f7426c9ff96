package dev.bartizan.provenance.oms;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who is trusted to sign.
public sealed interface TrustedSigner {
    /// Largest file that is read.
    int MOST_BYTES = 1 << 20;

    /// A public key on one of the curves P-256, P-384 and P-521.
    ///
    /// @param hint SHA-256 of the PEM text in hexadecimal digits, by which bundles name a key
    record Key(ECPublicKey key, String hint) implements TrustedSigner {}

    /// Certificates that vouch for others, or for themselves.
    record Authorities(List<X509Certificate> certificates) implements TrustedSigner {
        public Authorities {
            certificates = List.copyOf(certificates);
        }
    }

    /// Reads a PEM file: `PUBLIC KEY`, or one or several `CERTIFICATE`.
    ///
    /// @throws UserError when it holds neither
    static TrustedSigner read(Path pem) throws IOException {
        if (!Files.isRegularFile(pem) || Files.size(pem) > MOST_BYTES) {
            throw new UserError(
                    "There is no key or certificate", pem.toString(), "Name a PEM file.");
        }
        String text = Files.readString(pem, StandardCharsets.ISO_8859_1);
        try {
            return text.contains("BEGIN CERTIFICATE") ? certificates(text) : key(text);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UserError(
                    "This is no public key or certificate that models are signed with: "
                            + e.getMessage(),
                    pem.toString(),
                    "Use a PEM file with an EC key on P-256, P-384 or P-521, or with certificates.",
                    e);
        }
    }

    private static TrustedSigner certificates(String text) throws GeneralSecurityException {
        return new Authorities(
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(
                                new ByteArrayInputStream(
                                        text.getBytes(StandardCharsets.ISO_8859_1)))
                        .stream()
                        .map(X509Certificate.class::cast)
                        .toList());
    }

    private static TrustedSigner key(String text) throws GeneralSecurityException {
        Matcher armour =
                Pattern.compile(
                                "-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----")
                        .matcher(text);
        if (!armour.find()) {
            throw new IllegalArgumentException("no PUBLIC KEY stands in it");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(armour.group(1));
        if (KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded))
                instanceof ECPublicKey key) {
            return new Key(key, Digest.of(text.getBytes(StandardCharsets.ISO_8859_1)).hex());
        }
        throw new IllegalArgumentException("it is no EC key");
    }
}
