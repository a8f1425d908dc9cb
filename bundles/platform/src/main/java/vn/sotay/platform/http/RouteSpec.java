package vn.sotay.platform.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Handler;
import vn.sotay.api.http.Route;

/** A declared route, while it is being declared and after. */
final class RouteSpec implements Route {

    /** Who may call. */
    enum Access {
        UNDECLARED,
        OPEN,
        SIGNED_IN,
        PERMISSION
    }

    /** What the body is. */
    enum Body {
        NONE,
        JSON,
        BYTES,
        FORM
    }

    /** A query parameter. */
    record Query(Class<?> type, String says) {}

    final String module;
    final String method;
    final String template;
    final List<String> segments;
    /** Whether it has variable segments. */
    final boolean hasVariables;
    /** Whether it is what one needs to set up a second factor, and what the page asks for first of all. */
    final boolean isOfOneself;

    final Map<String, Query> queries = new LinkedHashMap<>();
    Access access = Access.UNDECLARED;

    @Nullable Permission permission;

    String summary = "";
    Body body = Body.NONE;

    @Nullable Class<? extends Record> bodyType;

    long mostBytes;

    @Nullable Class<?> gives;

    boolean givesPage;
    boolean givesBytes;

    /** Type of the thing whose reading is kept on the audit trail; null if it is not. */
    @Nullable String audited;

    private @Nullable Handler handler;

    RouteSpec(String module, String method, String template) {
        this.module = module;
        this.method = method;
        this.template = template;
        this.segments = List.of(template.substring(1).split("/"));
        this.hasVariables = segments.stream().anyMatch(RouteSpec::isVariable);
        this.isOfOneself = template.equals("/api/me")
                || template.startsWith("/api/me/")
                || template.startsWith("/api/session")
                || template.equals("/api/modules") && method.equals("GET");
    }

    @Override
    public Route needs(Permission needed) {
        access = Access.PERMISSION;
        permission = needed;
        return this;
    }

    @Override
    public Route signedIn() {
        access = Access.SIGNED_IN;
        return this;
    }

    @Override
    public Route open() {
        access = Access.OPEN;
        return this;
    }

    @Override
    public Route says(String text) {
        summary = text;
        return this;
    }

    @Override
    public Route query(String name, Class<?> type, String says) {
        queries.put(name, new Query(type, says));
        return this;
    }

    @Override
    public Route takes(Class<? extends Record> type) {
        body = Body.JSON;
        bodyType = type;
        return this;
    }

    @Override
    public Route takesBytes(long most) {
        body = Body.BYTES;
        mostBytes = most;
        return this;
    }

    @Override
    public Route takesForm(long most) {
        body = Body.FORM;
        mostBytes = most;
        return this;
    }

    @Override
    public Route gives(Class<?> type) {
        gives = type;
        return this;
    }

    @Override
    public Route givesPage(Class<?> item) {
        gives = item;
        givesPage = true;
        query("limit", Integer.class, "items at most: 50 unless asked otherwise, 500 at most");
        return query("after", String.class, "what the page before gave as next");
    }

    @Override
    public Route givesBytes() {
        givesBytes = true;
        return this;
    }

    @Override
    public Route audited(String type) {
        audited = type;
        return this;
    }

    @Override
    public void to(Handler answers) {
        handler = answers;
    }

    Handler handler() {
        return Objects.requireNonNull(handler);
    }

    boolean isWhole() {
        return handler != null;
    }

    static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    @Override
    public String toString() {
        return method + ' ' + template;
    }
}
