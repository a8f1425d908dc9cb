package vn.sotay.news;

import java.util.UUID;

/** A member who was asked to say that it has read a piece of news, and has not. */
public record Missing(UUID member, String name) {}
