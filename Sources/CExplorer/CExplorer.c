#include "CExplorer.h"

// The page as it is, from real files: #embed makes them part of the program and the build knows of them.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char page[] = {
#embed "page.html"
};

static const unsigned char style[] = {
#embed "style.css"
};

// One script: the order is that of use.
static const unsigned char script[] = {
#embed "words.js"
  ,
#embed "model.js"
  ,
#embed "color.js"
  ,
#embed "scene.js"
  ,
#embed "table.js"
  ,
#embed "chart.js"
  ,
#embed "detail.js"
  ,
#embed "withheld.js"
  ,
#embed "download.js"
  ,
#embed "app.js"
};

throng_explorer_part throng_explorer_page(void) { return (throng_explorer_part){page, sizeof page}; }
throng_explorer_part throng_explorer_style(void) { return (throng_explorer_part){style, sizeof style}; }
throng_explorer_part throng_explorer_script(void) { return (throng_explorer_part){script, sizeof script}; }
