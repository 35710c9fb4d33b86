console.log(require("fs").readFileSync("/data/greeting", "utf8"))
