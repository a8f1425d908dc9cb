package vn.sotay.platform.notices;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import vn.sotay.platform.secrets.Secrets;

/** Sends mail by the province's own SMTP server. Nobody is asked unless one is configured. */
@Component(service = Gateway.class, property = "channel=MAIL", configurationPid = "vn.sotay.mail")
@Designate(ocd = MailConfig.class)
public final class MailGateway implements Gateway {

    private static final String PATIENCE_MS = "15000";

    private final MailConfig config;
    /** Null while none is configured: the library need not be loaded. */
    private final @Nullable Session session;

    private final String password;

    /** For the framework; throws {@link IllegalArgumentException} with a line for the operator. */
    @Activate
    public MailGateway(MailConfig config) {
        this.config = config;
        try {
            this.password = Secrets.find(
                    "mail.password", System.getenv("SOTAY_MAIL_PASSWORD"), config.passwordFile(), config.password());
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        require(
                !isOpen() || Set.of("STARTTLS", "TLS", "NONE").contains(config.security()),
                "mail.security must be STARTTLS, TLS or NONE, not \"" + config.security() + '"');
        require(
                !isOpen() || isAddress(config.from()),
                "mail.from must be the address that the mail comes from, not \"" + config.from() + '"');
        this.session = isOpen() ? session() : null;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** One mailbox, without a name or a comment; what else RFC 822 allows, such as groups of several, is none. */
    static boolean isAddress(String text) {
        try {
            new InternetAddress(text, true).validate();
            return text.indexOf('@') > 0 && text.chars().noneMatch(letter -> "<>:;,()\"".indexOf(letter) >= 0);
        } catch (AddressException e) {
            return false;
        }
    }

    private Session session() {
        Properties settings = new Properties();
        settings.put("mail.transport.protocol", "smtp");
        settings.put("mail.smtp.host", config.host());
        settings.put("mail.smtp.port", Integer.toString(config.port()));
        settings.put("mail.smtp.auth", Boolean.toString(!config.user().isEmpty()));
        settings.put(
                "mail.smtp.starttls.enable", Boolean.toString(config.security().equals("STARTTLS")));
        settings.put(
                "mail.smtp.starttls.required",
                Boolean.toString(config.security().equals("STARTTLS")));
        settings.put("mail.smtp.ssl.enable", Boolean.toString(config.security().equals("TLS")));
        settings.put("mail.smtp.ssl.checkserveridentity", "true");
        for (String limit : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            settings.put("mail.smtp." + limit, PATIENCE_MS);
        }
        return inBundle(() -> Session.getInstance(settings));
    }

    private interface Work<T, X extends Exception> {
        T run() throws X;
    }

    /** The library looks its parts up by the thread's class loader, which in OSGi knows of none of them. */
    private static <T, X extends Exception> T inBundle(Work<T, X> work) throws X {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(MailGateway.class.getClassLoader());
        try {
            return work.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public Channel channel() {
        return Channel.MAIL;
    }

    @Override
    public boolean isOpen() {
        return !config.host().isEmpty();
    }

    @Override
    public void send(Outgoing message) throws IOException {
        Session open = Objects.requireNonNull(session, "no mail server is configured");
        try {
            inBundle(() -> {
                MimeMessage mail = new Keyed(open, message.key());
                mail.setFrom(new InternetAddress(config.from()));
                mail.setRecipient(Message.RecipientType.TO, new InternetAddress(message.address()));
                mail.setSubject(message.title(), StandardCharsets.UTF_8.name());
                mail.setText(message.text(), StandardCharsets.UTF_8.name());
                mail.setSentDate(new Date());
                // who is on holiday need not tell a machine
                mail.setHeader("Auto-Submitted", "auto-generated");
                mail.saveChanges();
                deliver(open, mail);
                return true;
            });
        } catch (AddressException e) {
            throw new RefusedException("not an address of mail");
        } catch (SendFailedException e) {
            if (e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0) {
                throw new RefusedException("the mail server knows no such address");
            }
            throw new IOException("the mail server does not take the message", e);
        } catch (MessagingException e) {
            throw new IOException("the mail server does not answer as it should", e);
        }
    }

    private void deliver(Session open, MimeMessage mail) throws MessagingException {
        try (Transport transport = open.getTransport("smtp")) {
            if (config.user().isEmpty()) {
                transport.connect();
            } else {
                transport.connect(config.user(), password);
            }
            transport.sendMessage(mail, mail.getAllRecipients());
        }
    }

    /** A message whose id is its key, so that mailboxes show one that was sent twice once. */
    private static final class Keyed extends MimeMessage {

        private final String key;

        Keyed(Session session, String key) {
            super(session);
            this.key = key;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + key + "@sotay>");
        }
    }
}
