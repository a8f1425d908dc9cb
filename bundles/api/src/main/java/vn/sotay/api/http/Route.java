package vn.sotay.api.http;

import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;
import vn.sotay.api.access.Permission;

/**
 * A route that is being declared: who may call it, what it takes and gives, and who answers. A route that does not say who may call
 * it is refused, and its module with it.
 */
@ProviderType
public interface Route {

    /**
     * For callers who have this permission somewhere; anonymous ones get 401, others 403. Whether they have it <em>here</em> is
     * asked by the handler, which knows the unit: {@link vn.sotay.api.access.Caller#require}.
     */
    Route needs(Permission permission);

    /** For anyone who is signed in. */
    Route signedIn();

    /** For everyone, signed in or not. */
    Route open();

    /** One sentence in English: the summary in the API's description. */
    Route says(String summary);

    /**
     * A query parameter that may be given: a {@link String}, {@link UUID}, {@link Integer}, {@link Boolean}, {@link java.time.LocalDate},
     * {@link java.time.Instant} or an enum. A parameter that is not declared is refused, so that a typing error is not a
     * wrong answer.
     */
    Route query(String name, Class<?> type, String says);

    /** The body is JSON of this record: read, composed to NFC and checked before the handler runs. */
    Route takes(Class<? extends Record> body);

    /** The body is raw bytes of any type, read as a stream; larger ones get 413. */
    Route takesBytes(long mostBytes);

    /** The body is {@code multipart/form-data}; its parts are read with {@link Request#form()}; larger ones get 413. */
    Route takesForm(long mostBytes);

    /** The reply is JSON of this record. */
    Route gives(Class<?> body);

    /** The reply is a {@link Page} of these, and the route takes {@code limit} and {@code after}. */
    Route givesPage(Class<?> item);

    /** The reply is bytes of the types that the handler says. */
    Route givesBytes();

    /**
     * What is read here is sensitive: each answer is kept on the audit trail, with who asked, before it is sent; as an export where the
     * route {@link #givesBytes}. The thing is the path's {@code id} or the parameter {@code unit}; whom it concerns is the path's
     * {@code member}, or the thing itself where that is a member. Who reads about itself is not kept, nor who holds no mandate and
     * asks for nobody by name: such a caller must get its own rows alone. A list that the same caller asks for again within a minute is
     * kept once.
     *
     * @param type of the thing, named as a change type: {@code member}
     */
    Route audited(String type);

    /** Ends the declaration. */
    void to(Handler handler);
}
