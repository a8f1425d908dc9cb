package vn.sotay.documents;

import java.util.UUID;

/** A member who was asked to acknowledge a document, and has not. */
public record Missing(UUID member, String name) {}
