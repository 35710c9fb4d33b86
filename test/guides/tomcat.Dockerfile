FROM dhi.io/maven:3-jdk21-debian13-dev AS build
WORKDIR /build
COPY . .
RUN mvn -B package

FROM dhi.io/tomcat:10.1-jdk21-debian13
COPY --from=build /build/target/shop.war /usr/local/tomcat/webapps/ROOT.war
EXPOSE 8080
