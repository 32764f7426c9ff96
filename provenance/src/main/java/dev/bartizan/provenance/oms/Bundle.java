package dev.bartizan.provenance.oms;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A bundle as it was written (Sigstore bundle v0.3, DSSE v1); nothing of it is trusted yet.
final class Bundle {
    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
    private static final int MOST_CERTIFICATES = 10;
    private static final JsonLimits LIMITS = new JsonLimits(64 << 20, 64, 4_000_000, 32);

    private final byte[] payload;
    private final byte[] signature;
    private final Optional<String> hint;
    private final List<X509Certificate> chain;

    private Bundle(
            byte[] payload, byte[] signature, Optional<String> hint, List<X509Certificate> chain) {
        this.payload = payload;
        this.signature = signature;
        this.hint = hint;
        this.chain = chain;
    }

    static Bundle parse(byte[] json) throws NotVerified {
        Json root = read(json, "the bundle");
        if (!root.text("mediaType").orElse("").equals(MEDIA_TYPE)) {
            throw new NotVerified("it is no bundle of version 0.3");
        }
        Json envelope =
                root.get("dsseEnvelope").orElseThrow(() -> new NotVerified("it holds no envelope"));
        if (!envelope.text("payloadType").orElse("").equals(PAYLOAD_TYPE)) {
            throw new NotVerified("what it signs is no in-toto statement");
        }
        List<Json> signatures = envelope.items("signatures");
        if (signatures.size() != 1) {
            throw new NotVerified("it has " + signatures.size() + " signatures, not one");
        }
        Json material =
                root.get("verificationMaterial")
                        .orElseThrow(() -> new NotVerified("it does not say what verifies it"));
        return new Bundle(
                base64(envelope, "payload"),
                base64(signatures.getFirst(), "sig"),
                material.get("publicKey")
                        .flatMap(key -> key.text("hint"))
                        .filter(hint -> !hint.isEmpty()),
                chain(material));
    }

    /// A document without a key that stands twice: readers would differ over it.
    static Json read(byte[] json, String what) throws NotVerified {
        try {
            JsonReader.Document document = JsonReader.read(json, LIMITS);
            if (!document.duplicateKeys().isEmpty()) {
                throw new NotVerified(
                        what
                                + " has the key \""
                                + document.duplicateKeys().getFirst()
                                + "\" twice");
            }
            return document.value();
        } catch (FormatException e) {
            throw new NotVerified(what + " is no JSON: " + e.what(), e);
        }
    }

    private static byte[] base64(Json holder, String key) throws NotVerified {
        try {
            return Base64.getDecoder().decode(holder.text(key).orElse(""));
        } catch (IllegalArgumentException e) {
            throw new NotVerified("its " + key + " is no base64", e);
        }
    }

    private static List<X509Certificate> chain(Json material) throws NotVerified {
        List<Json> encoded = new ArrayList<>();
        material.get("x509CertificateChain")
                .ifPresent(chain -> encoded.addAll(chain.items("certificates")));
        material.get("certificate").ifPresent(encoded::add);
        if (encoded.size() > MOST_CERTIFICATES) {
            throw new NotVerified("it has more than " + MOST_CERTIFICATES + " certificates");
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (Json one : encoded) {
            try {
                chain.add(
                        (X509Certificate)
                                CertificateFactory.getInstance("X.509")
                                        .generateCertificate(
                                                new ByteArrayInputStream(base64(one, "rawBytes"))));
            } catch (GeneralSecurityException e) {
                throw new NotVerified("it holds a broken certificate", e);
            }
        }
        return List.copyOf(chain);
    }

    /// What the signature is over (DSSE v1, "PAE").
    byte[] signedBytes() {
        byte[] head =
                ("DSSEv1 "
                                + PAYLOAD_TYPE.length()
                                + " "
                                + PAYLOAD_TYPE
                                + " "
                                + payload.length
                                + " ")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return all;
    }

    /// The statement.
    byte[] payload() {
        return payload.clone();
    }

    /// DER.
    byte[] signature() {
        return signature.clone();
    }

    /// How it names the key; empty when it does not.
    Optional<String> hint() {
        return hint;
    }

    /// Certificates, the signer's first; empty when it is signed with a bare key.
    List<X509Certificate> chain() {
        return chain;
    }
}
