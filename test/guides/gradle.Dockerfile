FROM dhi.io/gradle:9-jdk21-debian13-dev AS build
WORKDIR /build
COPY settings.gradle build.gradle gradle.lockfile ./
COPY src src
RUN gradle --no-daemon bootJar
RUN java -Djarmode=tools -jar build/libs/app.jar extract --layers --destination extracted

FROM dhi.io/eclipse-temurin:21-debian13
WORKDIR /app
COPY --from=build /build/extracted/dependencies/ ./
COPY --from=build /build/extracted/spring-boot-loader/ ./
COPY --from=build /build/extracted/application/ ./
USER nonroot
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "app.jar"]
