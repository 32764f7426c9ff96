package dev.bartizan.core;

import java.nio.charset.StandardCharsets;

/// A file that backs a piece of evidence: an exchange, a decompilation, a picture.
public final class RawMaterial {
    private final String name;
    private final String mediaType;
    private final byte[] bytes;

    /// @param name file name, no folders
    /// @param mediaType such as `application/json`
    /// @param bytes the content, copied
    public RawMaterial(String name, String mediaType, byte[] bytes) {
        if (!name.matches("[A-Za-z0-9._-]{1,120}") || name.startsWith(".")) {
            throw new IllegalArgumentException("Not a plain file name: \"" + name + "\"");
        }
        this.name = name;
        this.mediaType = mediaType;
        this.bytes = bytes.clone();
    }

    /// Text material.
    public static RawMaterial text(String name, String mediaType, String text) {
        return new RawMaterial(name, mediaType, text.getBytes(StandardCharsets.UTF_8));
    }

    /// File name, no folders.
    public String name() {
        return name;
    }

    /// Such as `application/json`.
    public String mediaType() {
        return mediaType;
    }

    /// The content, copied.
    public byte[] bytes() {
        return bytes.clone();
    }
}
