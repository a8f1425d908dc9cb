package vn.sotay.launcher;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The entry. Exit code 0 after an orderly stop, 143 after SIGTERM, 1 when something must be put right first: one line says what. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            Optional<Command.Kind> kind = Command.meant(arguments);
            if (kind.isPresent()) {
                ask(kind.get(), Options.parse(Command.options(kind.get(), arguments)));
            } else {
                run(Options.parse(arguments), Map.of(), null);
            }
        } catch (OperatorException e) {
            System.err.println("Sotay cannot start: " + e.getMessage());
            System.exit(1);
        }
    }

    /** Ends the process with what came of it. */
    private static void ask(Command.Kind kind, Options options) throws OperatorException, InterruptedException {
        Path data = absolute(options.data(), Path.of("data").toAbsolutePath());
        Command command = new Command(kind, data);
        if (DataDirectory.isInUse(data)) {
            command.ask();
            System.exit(command.await(true));
        }
        Options alone = new Options(0, options.data(), options.modules(), options.config(), "none", options.database());
        command.ask();
        try {
            run(alone, Map.of(Command.TASK, kind.thing()), command);
        } catch (OperatorException e) {
            command.withdraw();
            throw e;
        }
    }

    /** @param command for which alone it runs; null if it runs until it is stopped */
    private static void run(Options options, Map<String, String> properties, @Nullable Command command)
            throws OperatorException, InterruptedException {
        Distribution distribution = Distribution.ofClassPath();
        Path config = absolute(options.config(), distribution.config());
        Path modules = absolute(options.modules(), distribution.modules());
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty(
                    "logback.configurationFile", distribution.logging(config).toString());
        }
        // beside each other, on all cores
        CompletableFuture<Void> logging = CompletableFuture.runAsync(Main::bridgeJavaLogging);
        CompletableFuture<String> packages = CompletableFuture.supplyAsync(distribution::systemPackages);
        CompletableFuture<Settings> settings =
                CompletableFuture.supplyAsync(() -> settings(options, distribution, config, modules));
        DataDirectory data =
                DataDirectory.open(absolute(options.data(), Path.of("data").toAbsolutePath()));
        FrameworkRun run = new FrameworkRun(distribution, packages.join(), data.path(), modules, config, properties);
        AtomicBoolean failed = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (!failed.get()) {
                                run.stop();
                            }
                        },
                        "stop"));
        try {
            run.open();
            logging.join();
            CompletableFuture<String> ready = run.start(distribution, settings);
            settings.join().warnings().forEach(LoggerFactory.getLogger(Main.class)::warn);
            String url = ready.join();
            if (command != null) {
                System.exit(command.await(false));
            }
            System.out.println("Sotay is ready: " + url);
        } catch (CompletionException e) {
            failed.set(true);
            run.stop();
            throw new OperatorException(
                    String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage()));
        } catch (BundleException | InvalidSyntaxException | IOException e) {
            LoggerFactory.getLogger(Main.class).error("The installation is broken", e);
            failed.set(true);
            run.stop();
            throw new OperatorException("the installation is broken (" + e.getMessage() + "): build or unpack it anew");
        }
        run.awaitStop();
        // its lock ends with the object: without this the collector may take both while Sotay runs
        Reference.reachabilityFence(data);
    }

    private static Settings settings(Options options, Distribution distribution, Path config, Path modules) {
        try {
            Settings settings = Settings.read(config, distribution.bundles(), Distribution.jars(modules));
            settings.overwrite("http", "port", options.port());
            settings.overwrite("demo", "size", options.demo());
            settings.overwrite("store", "url", options.database());
            return settings;
        } catch (OperatorException e) {
            throw new CompletionException(e);
        }
    }

    private static Path absolute(@Nullable Path given, Path otherwise) {
        return given == null ? otherwise : given.toAbsolutePath().normalize();
    }

    private static void bridgeJavaLogging() {
        // reads logback.xml, which the first logger would
        LoggerFactory.getILoggerFactory();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
